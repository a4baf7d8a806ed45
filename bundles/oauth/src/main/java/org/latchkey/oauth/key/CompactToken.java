package org.latchkey.oauth.key;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A token as this server writes them, taken apart but not yet believed: three parts in canonical base64url, a header of
 * {@code alg}, {@code kid} and {@code typ} and of nothing else. Whatever else a header can say (RFC 7515, 4.1: jku, jwk,
 * x5u, x5c, crit, and b64 of RFC 7797) is an attack here, as this server never writes it.
 */
final class CompactToken {

    /** More than a form may hold. */
    static final int MOST_CHARS = 65_536;

    private static final int MOST_HEADER_CHARS = 512;
    private static final int MOST_SIGNATURE_CHARS = 1_024;
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

    private final Map<String, Object> header;
    private final byte[] payload;
    private final Base64URL signature;
    private final byte[] signingInput;

    private CompactToken(Map<String, Object> header, byte[] payload, Base64URL signature, byte[] signingInput) {
        this.header = header;
        this.payload = payload;
        this.signature = signature;
        this.signingInput = signingInput;
    }

    /** Nothing, unless it looks like a token of this server. */
    static Optional<CompactToken> parse(String compact) {
        int first = compact.indexOf('.');
        int second = compact.indexOf('.', first + 1);
        boolean sized = compact.length() <= MOST_CHARS
                && first > 0
                && first <= MOST_HEADER_CHARS
                && second > first + 1
                && second + 1 < compact.length()
                && compact.length() - second <= MOST_SIGNATURE_CHARS;
        if (!sized) {
            return Optional.empty();
        }
        String signature = compact.substring(second + 1);
        try {
            Map<String, Object> header = Json.read(decode(compact.substring(0, first)));
            boolean ours =
                    header.keySet().equals(HEADER) && header.values().stream().allMatch(String.class::isInstance);
            if (!ours) {
                return Optional.empty();
            }
            byte[] payload = decode(compact.substring(first + 1, second));
            decode(signature);
            byte[] input = compact.substring(0, second).getBytes(StandardCharsets.US_ASCII);
            return Optional.of(new CompactToken(header, payload, new Base64URL(signature), input));
        } catch (ParseException notOurs) {
            return Optional.empty();
        }
    }

    /** Only the one way to write it: else one token could be told in many forms. */
    private static byte[] decode(String part) throws ParseException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException otherCharacters) {
            throw new ParseException("Not base64url", 0);
        }
        throw new ParseException("Not canonical base64url", 0);
    }

    String algorithm() {
        return (String) header.get("alg");
    }

    String kid() {
        return (String) header.get("kid");
    }

    String type() {
        return (String) header.get("typ");
    }

    Base64URL signature() {
        return signature;
    }

    byte[] signingInput() {
        return signingInput;
    }

    /** To be called once the signature is found good. */
    Optional<Map<String, Object>> claims() {
        try {
            return Optional.of(Json.read(payload));
        } catch (ParseException notClaims) {
            return Optional.empty();
        }
    }
}

package org.latchkey.oauth.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.scope.Entitlement;

/** Makes id tokens (OpenID Connect Core, 2), and knows its own again when they come back as a hint. */
public final class IdTokens {

    /** The class of authorizations that remember none. */
    public static final String ACR = "1";

    /** The source of those whose password the directory has judged. */
    private static final String DIRECTORY = "directory";

    private final Issuer issuer;
    private final SigningKeys keys;
    private final Duration life;
    private final Clock clock;

    public IdTokens(Issuer issuer, SigningKeys keys, Duration life, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.life = life;
        this.clock = clock;
    }

    /**
     * What goes to the client together with it and is bound to it by a hash (3.3.2.11; FAPI: s_hash).
     *
     * @param accessToken of the same answer
     * @param code of the same answer
     */
    public record Beside(Optional<String> accessToken, Optional<String> code, Optional<String> state) {
        public static final Beside NOTHING = new Beside(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @param more claims about the owner */
    public String mint(
            RegisteredClient client,
            String subject,
            Authorization authorization,
            Beside beside,
            Map<String, Object> more) {
        Instant now = clock.instant();
        JWSAlgorithm algorithm = Algorithms.of(keys, client, "id_token_signed_response_alg");
        Map<String, Object> claims = new LinkedHashMap<>(more);
        claims.put("iss", issuer.url());
        claims.put("sub", subject);
        claims.put("aud", client.id());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        claims.put("auth_time", authorization.owner().authenticatedAt().getEpochSecond());
        String acr = authorization.requested(Entitlement.ACR).orElse(ACR);
        if (!acr.isEmpty()) {
            claims.put("acr", acr);
        }
        List<String> amr = amr(authorization);
        if (!amr.isEmpty()) {
            claims.put("amr", amr);
        }
        if (!authorization.owner().session().isEmpty()) {
            claims.put("sid", sessionId(authorization));
        }
        authorization.requested("nonce").ifPresent(nonce -> claims.put("nonce", nonce));
        beside.accessToken().ifPresent(token -> claims.put("at_hash", half(algorithm, token)));
        beside.code().ifPresent(code -> claims.put("c_hash", half(algorithm, code)));
        beside.state().ifPresent(state -> claims.put("s_hash", half(algorithm, state)));
        return keys.sign(algorithm, JOSEObjectType.JWT, claims);
    }

    /** What was proved (RFC 8176); of an authorization that does not know, that it was a password if the directory judged. */
    private static List<String> amr(Authorization authorization) {
        return authorization
                .requested(Entitlement.AMR)
                .map(words -> List.of(words.split(" ")))
                .orElseGet(() -> authorization.owner().source().equals(DIRECTORY)
                                && authorization.requested(Entitlement.ACR).isEmpty()
                        ? List.of("pwd")
                        : List.of());
    }

    /** What clients are told of a session; the same for all of one session, and of no use here. */
    public static String sessionId(Authorization authorization) {
        return sessionId(authorization.owner().session());
    }

    /** The same, by the id that the session has here. */
    public static String sessionId(String session) {
        return encoded(digest("SHA-256", "sid:" + session));
    }

    /** The claims of an id token of ours, also if it has expired; nothing if it is none. */
    public Optional<Map<String, Object>> ours(String hint) {
        return keys.verify(hint, JOSEObjectType.JWT)
                .filter(claims -> issuer.url().equals(claims.get("iss")))
                .filter(claims -> claims.containsKey("auth_time"));
    }

    /** The left half of a hash as wide as the signature's (3.1.3.6). */
    private static String half(JWSAlgorithm algorithm, String text) {
        String name = algorithm.getName();
        String hash = name.endsWith("384") ? "SHA-384" : name.endsWith("256") ? "SHA-256" : "SHA-512";
        byte[] digest = digest(hash, text);
        return encoded(Arrays.copyOf(digest, digest.length / 2));
    }

    private static byte[] digest(String hash, String text) {
        try {
            return MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

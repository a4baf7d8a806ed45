package org.latchkey.oauth.dpop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.mtls.PresentedCertificate;

/**
 * What a token is bound to, so that nobody else can use it. One that is bound to both needs both.
 *
 * @param thumbprint of the key that the client proves by DPoP (RFC 7638, SHA-256 in base64url)
 * @param certificate of the client's certificate (RFC 8705, 3.1)
 */
public record Binding(Optional<String> thumbprint, Optional<String> certificate) {

    private static final String KEY = "jkt";
    private static final String CERTIFICATE = "x5t#S256";

    /** That of a token that anybody can use. */
    public static final Binding NONE = new Binding(Optional.empty(), Optional.empty());

    public static Binding to(String thumbprint) {
        return new Binding(Optional.of(thumbprint), Optional.empty());
    }

    /** To that certificate too. */
    public Binding with(PresentedCertificate shown) {
        return new Binding(thumbprint, Optional.of(shown.thumbprint()));
    }

    /** That of a token with these claims. */
    public static Binding of(Map<String, Object> claims) {
        return claims.get("cnf") instanceof Map<?, ?> confirmation
                ? new Binding(text(confirmation, KEY), text(confirmation, CERTIFICATE))
                : NONE;
    }

    private static Optional<String> text(Map<?, ?> confirmation, String name) {
        return confirmation.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The claims that say so (RFC 7800; RFC 9449, 6.1; RFC 8705, 3.1). */
    public Map<String, Object> claims() {
        return isBound() ? Map.of("cnf", confirmation()) : Map.of();
    }

    private Map<String, String> confirmation() {
        Map<String, String> all = new LinkedHashMap<>();
        thumbprint.ifPresent(value -> all.put(KEY, value));
        certificate.ifPresent(value -> all.put(CERTIFICATE, value));
        return all;
    }

    /**
     * What an authorization remembers of it: where the client cannot keep a secret, refresh tokens are for the same key and
     * certificate alone (RFC 9449, 5; RFC 8705, 4).
     */
    public Map<String, String> keptFor(RegisteredClient client) {
        return client.isPublic() ? confirmation() : Map.of();
    }

    /** Refuses another key than the authorization remembers, or than was announced when it was asked for (RFC 9449, 10). */
    public void requireSameAs(Authorization authorization) throws Refused {
        for (String name : List.of(KEY, "dpop_jkt")) {
            Optional<String> expected = authorization.requested(name);
            if (expected.isPresent() && !expected.equals(thumbprint)) {
                throw Refused.of("invalid_grant", "This is bound to another key of the client (DPoP).");
            }
        }
        Optional<String> expected = authorization.requested(CERTIFICATE);
        if (expected.isPresent() && !expected.equals(certificate)) {
            throw Refused.of("invalid_grant", "This is bound to another certificate of the client.");
        }
    }

    public boolean isBound() {
        return isToKey() || certificate.isPresent();
    }

    /** Whether it is bound to a key that is proved by DPoP. */
    public boolean isToKey() {
        return thumbprint.isPresent();
    }

    /** How a token is called that is bound so (RFC 9449, 5; RFC 8705, 3). */
    public String tokenType() {
        return isToKey() ? "DPoP" : "Bearer";
    }
}

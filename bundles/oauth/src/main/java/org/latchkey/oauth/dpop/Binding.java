package org.latchkey.oauth.dpop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.client.RegisteredClient;

/**
 * What a token is bound to, so that nobody else can use it.
 *
 * @param thumbprint of the client's key (RFC 7638, SHA-256 in base64url); nothing for a bearer token
 */
public record Binding(Optional<String> thumbprint) {

    private static final String KEPT = "jkt";

    /** That of a bearer token. */
    public static final Binding NONE = new Binding(Optional.empty());

    public static Binding to(String thumbprint) {
        return new Binding(Optional.of(thumbprint));
    }

    /** That of a token with these claims. */
    public static Binding of(Map<String, Object> claims) {
        return claims.get("cnf") instanceof Map<?, ?> confirmation && confirmation.get("jkt") instanceof String text
                ? to(text)
                : NONE;
    }

    /** The claims that say so (RFC 7800; RFC 9449, 6.1). */
    public Map<String, Object> claims() {
        return thumbprint
                .map(value -> Map.<String, Object>of("cnf", Map.of("jkt", value)))
                .orElse(Map.of());
    }

    /**
     * What an authorization remembers of it: where the client cannot keep a secret, refresh tokens are for the same key alone (RFC
     * 9449, 5).
     */
    public Map<String, String> keptFor(RegisteredClient client) {
        return client.isPublic() ? thumbprint.map(value -> Map.of(KEPT, value)).orElse(Map.of()) : Map.of();
    }

    /** Refuses another key than the authorization remembers, or than was announced when it was asked for (RFC 9449, 10). */
    public void requireSameAs(Authorization authorization) throws Refused {
        for (String name : List.of(KEPT, "dpop_jkt")) {
            Optional<String> expected = authorization.requested(name);
            if (expected.isPresent() && !expected.equals(thumbprint)) {
                throw Refused.of("invalid_grant", "This is bound to another key of the client (DPoP).");
            }
        }
    }

    public boolean isBound() {
        return thumbprint.isPresent();
    }

    /** How a token is called that is bound so (RFC 9449, 5). */
    public String tokenType() {
        return isBound() ? "DPoP" : "Bearer";
    }
}

package org.latchkey.oauth.client;

import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.service.Tokens;

/**
 * Lets in who may say which clients there are: holders of {@link Capability#GLOBAL_ROOT} with a bearer token of the server
 * (RFC 6750, 2.1), since whoever says where codes go can sign in as anybody. No token of OAuth is good for this.
 */
public final class Operators {

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    public Operators(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Who asks; refused (UNAUTHENTICATED, DENIED) if it is somebody else. */
    public Principal require(Request request) {
        Principal principal = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(value ->
                        tokens.validate(value.substring(SCHEME.length()).strip()))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.UNAUTHENTICATED, "unauthenticated", "This needs a valid bearer token."));
        if (!Capability.GLOBAL_ROOT.in(principal.capabilities())) {
            throw Refusal.of(Refusal.Kind.DENIED, "denied", "This needs the capability GLOBAL_ROOT.");
        }
        return principal;
    }
}

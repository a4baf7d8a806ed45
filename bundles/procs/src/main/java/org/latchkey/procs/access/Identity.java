package org.latchkey.procs.access;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.http.Request;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Tokens;
import org.latchkey.procs.access.Visitor.Proof;

/**
 * Tells who asks: by a bearer token (RFC 6750, 2.1), or by Proctor's headers {@code Email-Id} and {@code Access-Token}, which go
 * through the authenticators of this server. One or the other: which of two names counts must never be a question.
 */
public final class Identity implements Doorman {

    private static final String ANYBODY = "anonymous";
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final Authentication authentication;
    private final Set<String> authenticators;
    private final Vouchers vouchers;

    /**
     * @param authenticators who judges the headers and must have vouched for who has a token, as
     *     {@link Authentication#authenticate(Attempt, Set)} takes them; none for all
     */
    public Identity(Tokens tokens, Authentication authentication, Set<String> authenticators) {
        this.tokens = tokens;
        this.authentication = authentication;
        this.authenticators = Set.copyOf(authenticators);
        this.vouchers = new Vouchers(authentication, authenticators);
    }

    @Override
    public Visitor identify(Request request) {
        Optional<String> bearer = request.header("Authorization");
        Optional<String> email = request.header(EMAIL);
        Optional<String> token = request.header(TOKEN);
        if (bearer.isPresent() && (email.isPresent() || token.isPresent())) {
            throw Refusal.of(
                    Refusal.Kind.INVALID,
                    "two-identities",
                    "Send either Authorization, or Email-Id and Access-Token, not both.");
        }
        Optional<Principal> found = bearer.isPresent()
                ? bearer.flatMap(this::byToken)
                : email.flatMap(id -> token.flatMap(secret -> byHeaders(request, id, secret)));
        Principal principal = found.orElseThrow(() -> Refusal.of(
                Refusal.Kind.UNAUTHENTICATED,
                "unauthenticated",
                "This needs a valid bearer token, or a valid Email-Id and Access-Token."));
        return new Visitor(principal, caller(request, principal), Proof.SHOWN);
    }

    private Optional<Principal> byToken(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? tokens.validate(header.substring(SCHEME.length()).strip()).filter(vouchers::admit)
                : Optional.empty();
    }

    private Optional<Principal> byHeaders(Request request, String id, String token) {
        if (id.isEmpty() || token.isEmpty()) {
            return Optional.empty();
        }
        try (Secret secret = Secret.of(token.toCharArray())) {
            return authentication.authenticate(
                    new Attempt(id, Optional.of(secret), Callers.of(request, ANYBODY, Set.of())), authenticators);
        }
    }

    private static Caller caller(Request request, Principal principal) {
        return Callers.of(request, principal.id(), principal.capabilities());
    }
}

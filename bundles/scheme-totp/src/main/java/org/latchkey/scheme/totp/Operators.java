package org.latchkey.scheme.totp;

import java.time.Instant;
import java.util.Map;
import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.service.Tokens;

/**
 * {@code DELETE /totp/people/ID}: takes away what somebody has set up, who has lost it with all recovery codes. For holders of
 * {@link Capability#GLOBAL_ROOT} with a bearer token of the server, since it makes a password enough.
 */
final class Operators {

    static final String PATH = "/people/";

    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final Accounts accounts;
    private final Audit audit;

    Operators(Tokens tokens, Accounts accounts, Audit audit) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.audit = audit;
    }

    Response answer(Request request) {
        if (!request.method().equals("DELETE")) {
            return Response.empty(405).withHeader("Allow", "DELETE");
        }
        Principal operator = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(value ->
                        tokens.validate(value.substring(BEARER.length()).strip()))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.UNAUTHENTICATED, "unauthenticated", "This needs a valid bearer token."));
        if (!Capability.GLOBAL_ROOT.in(operator.capabilities())) {
            throw Refusal.of(Refusal.Kind.DENIED, "denied", "This needs the capability GLOBAL_ROOT.");
        }
        String id = request.path().substring(PATH.length());
        audit.requireAvailable();
        if (!accounts.of(id).isRegistered()) {
            throw Refusal.notFound("app of", id);
        }
        accounts.remove(id);
        audit.append(new AuditEvent(
                Instant.now(), "totp.removed", request.id(), operator.id(), id, request.address(), Map.of()));
        return Response.empty(204);
    }
}

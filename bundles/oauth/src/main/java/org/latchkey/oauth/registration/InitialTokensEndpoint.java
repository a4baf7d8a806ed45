package org.latchkey.oauth.registration;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.client.ClientAudit;
import org.latchkey.oauth.client.ClientsEndpoint;
import org.latchkey.oauth.client.JsonBody;
import org.latchkey.oauth.client.Operators;

/**
 * Where operators make initial access tokens: a POST with {@code count} (how many clients it is good for, 1 if it is not said)
 * and {@code expires_in} (seconds, a day if it is not said). DELETE takes all of them away.
 */
public final class InitialTokensEndpoint {

    public static final String PATH = ClientsEndpoint.PATH + "/initial-access-tokens";

    private static final int MOST = 10_000;
    private static final int DAY = 86_400;
    private static final int LONGEST = 365 * DAY;

    private final InitialTokens tokens;
    private final Operators operators;
    private final ClientAudit audit;
    private final Clock clock;

    public InitialTokensEndpoint(InitialTokens tokens, Operators operators, ClientAudit audit, Clock clock) {
        this.tokens = tokens;
        this.operators = operators;
        this.audit = audit;
        this.clock = clock;
    }

    /** Answers a request to {@link #PATH}. */
    public Response handle(Request request) throws IOException {
        Principal operator = operators.require(request);
        return switch (request.method()) {
            case "POST" -> post(request, operator);
            case "DELETE" -> delete(request, operator);
            default -> Response.empty(405).withHeader("Allow", "POST, DELETE");
        };
    }

    private Response post(Request request, Principal operator) throws IOException {
        boolean hasBody = request.header("Content-Type").isPresent();
        if (hasBody && !JsonBody.isStated(request)) {
            return Response.empty(415).withHeader("Accept", JsonBody.TYPE);
        }
        Map<String, Object> wanted = hasBody ? body(request) : Map.of();
        int count = number(wanted, "count", 1, MOST);
        Instant until = clock.instant().plusSeconds(number(wanted, "expires_in", DAY, LONGEST));
        audit.requireAvailable();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("initial_access_token", tokens.issue(count, until));
        json.put("count", count);
        json.put("expires_at", until.getEpochSecond());
        audit.append(
                "initial_token.created",
                request,
                operator.id(),
                "",
                Map.of("count", count, "expires_at", until.toString()));
        return Json.answer(201, json);
    }

    private static Map<String, Object> body(Request request) throws IOException {
        return JsonBody.read(request)
                .filter(json -> Set.of("count", "expires_in").containsAll(json.keySet()))
                .orElseThrow(() -> Refusal.invalid("", "The body may have count and expires_in and nothing else."));
    }

    private static int number(Map<String, Object> json, String name, int absent, int most) {
        if (json.getOrDefault(name, absent) instanceof Integer number && number >= 1 && number <= most) {
            return number;
        }
        throw Refusal.invalid("/" + name, "This must be a number from 1 to " + most + ".");
    }

    private Response delete(Request request, Principal operator) {
        audit.requireAvailable();
        audit.append("initial_token.revoked", request, operator.id(), "", Map.of("count", tokens.revokeAll()));
        return Response.empty(204);
    }
}

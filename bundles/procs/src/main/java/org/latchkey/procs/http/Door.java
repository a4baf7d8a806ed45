package org.latchkey.procs.http;

import java.io.IOException;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.ClientVersion;
import org.latchkey.procs.access.Doorman;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.http.Routes.Audience;
import org.latchkey.procs.http.Routes.Match;
import org.latchkey.procs.http.Routes.Route;

/**
 * The way of every request: route, version of the client, who it is, whether they may come in, handler. What is refused on the way is
 * written down, with whoever it was and why: the refusal itself stands, also when it cannot be written down.
 */
public final class Door {

    private final Routes routes;
    private final ClientVersion versions;
    private final Doorman doorman;
    private final Access access;
    private final RefusalLog refusals;

    public Door(Routes routes, ClientVersion versions, Doorman doorman, Access access, RefusalLog refusals) {
        this.routes = routes;
        this.versions = versions;
        this.doorman = doorman;
        this.access = access;
        this.refusals = refusals;
    }

    public Response answer(Request request) throws IOException {
        Match match = routes.find(request.path())
                .orElseThrow(() -> Refusal.of(Refusal.Kind.NOT_FOUND, "not-found", "There is nothing at this path."));
        Route route = match.methods().get(request.method());
        if (route == null) {
            return Response.empty(405)
                    .withHeader("Allow", Routes.allowed(match.methods().keySet()));
        }
        if (route instanceof Route.Open open) {
            return open.handler().answer(request);
        }
        return answer(request, (Route.Guarded) route, match.variables());
    }

    private Response answer(Request request, Route.Guarded route, Map<String, String> variables) throws IOException {
        Visitor visitor;
        try {
            versions.check(request);
            visitor = doorman.identify(request);
        } catch (Refusal refusal) {
            refusals.note(request, refusal);
            throw refusal;
        }
        try {
            if (route.audience() == Audience.ADMINISTRATORS) {
                access.requireAdmin(visitor);
            }
            return route.handler().answer(new Visit(request, variables, visitor));
        } catch (Refusal refusal) {
            refusals.note(request, visitor, refusal);
            throw refusal;
        }
    }
}

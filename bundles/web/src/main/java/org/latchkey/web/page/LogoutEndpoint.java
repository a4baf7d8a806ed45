package org.latchkey.web.page;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.SignIn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signing out, at {@code /logout}: asks first, so that no other site's link can do it. */
@Component(service = Endpoint.class, property = Endpoint.MOUNT + "=logout")
public final class LogoutEndpoint implements Endpoint {

    private static final long LONGEST_FORM = 16 * 1024;

    private final SignIn signIn;
    private final Sessions sessions;

    @Activate
    public LogoutEndpoint(@Reference SignIn signIn, @Reference Sessions sessions) {
        this.signIn = signIn;
        this.sessions = sessions;
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (!request.path().equals("/")) {
            return Response.empty(404);
        }
        return switch (request.method()) {
            case "GET" -> ask(request, 200, "");
            case "POST" -> end(request);
            default -> Response.empty(405).withHeader("Allow", "GET, HEAD, POST");
        };
    }

    private Response ask(Request request, int status, String message) {
        if (signIn.session(request).isEmpty()) {
            return done(request);
        }
        return signIn.withToken(request, token -> {
            Map<String, Object> values = new HashMap<>();
            values.put("action", "/logout");
            values.put("token", token);
            values.put("message", message);
            return signIn.show(request, status, "logout", "", values);
        });
    }

    private Response end(Request request) throws IOException {
        if (!signIn.isGenuine(request, request.form(LONGEST_FORM))) {
            return ask(request, 403, "error.form-expired");
        }
        signIn.session(request).ifPresent(session -> sessions.end(session.id()));
        return done(request);
    }

    private Response done(Request request) {
        return signIn.withoutSession(signIn.show(request, 200, "logged-out", "", Map.of()));
    }
}

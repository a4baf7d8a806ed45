package org.latchkey.web.page;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signing in for its own sake, at {@code /login}. Takes no address to return to. */
@Component(service = Endpoint.class, property = Endpoint.MOUNT + "=login")
public final class LoginEndpoint implements Endpoint {

    private static final long LONGEST_FORM = 16 * 1024;
    private static final SignIn.Purpose PURPOSE = new SignIn.Purpose("/login", Map.of(), "", "", List.of());

    private final SignIn signIn;

    @Activate
    public LoginEndpoint(@Reference SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (!request.path().equals("/")) {
            return Response.empty(404);
        }
        return switch (request.method()) {
            case "GET" -> show(request);
            case "POST" -> judge(request);
            default -> Response.empty(405).withHeader("Allow", "GET, HEAD, POST");
        };
    }

    private Response show(Request request) {
        Optional<Session> session = signIn.session(request);
        if (session.isPresent()) {
            return signedIn(request, session.get());
        }
        SignIn.Outcome outcome = signIn.arrive(request, PURPOSE, SignIn.Demand.ANY_PROOF);
        return outcome instanceof SignIn.SignedIn in
                ? signIn.withSession(signedIn(request, in.begun().session()), in.begun())
                : ((SignIn.Again) outcome).page();
    }

    private Response signedIn(Request request, Session session) {
        return signIn.show(
                request,
                200,
                "signed-in",
                "",
                Map.of("username", session.principal().id()));
    }

    private Response judge(Request request) throws IOException {
        SignIn.Outcome outcome = signIn.submit(request, PURPOSE, request.form(LONGEST_FORM));
        if (outcome instanceof SignIn.SignedIn signedIn) {
            return signIn.withSession(Response.empty(303).withHeader("Location", "/login"), signedIn.begun());
        }
        return ((SignIn.Again) outcome).page();
    }
}

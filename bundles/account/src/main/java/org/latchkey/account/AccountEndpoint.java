package org.latchkey.account;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.extension.AccountSection.Visit;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The page at {@code /account}, for whoever has a session. What is taken away there needs no fresh sign-in: it makes an account
 * safer, never less safe. Each act is written down before its answer, and none is done while that is not possible.
 */
@Component(service = Endpoint.class, property = Endpoint.MOUNT + "=account")
public final class AccountEndpoint implements Endpoint {

    private static final String HOME = "/account";
    private static final long LONGEST_FORM = 16 * 1024;
    private static final SignIn.Purpose SIGN_IN = new SignIn.Purpose(HOME + "/login", Map.of(), "", "", List.of());

    /** What the page says after an act, by what the address says of it. */
    private static final Map<String, String> DONE = Map.of("ended", "account.ended", "gone", "account.gone");

    private final SignIn signIn;
    private final Sections sections;
    private final Audit audit;

    @Activate
    public AccountEndpoint(@Reference ExtensionPoints points, @Reference SignIn signIn, @Reference Audit audit) {
        this.signIn = signIn;
        this.sections = new Sections(points);
        this.audit = audit;
    }

    @Override
    public Response handle(Request request) throws IOException {
        return switch (request.path()) {
            case "/" ->
                switch (request.method()) {
                    case "GET" -> show(request);
                    case "POST" -> act(request);
                    default -> Response.empty(405).withHeader("Allow", "GET, HEAD, POST");
                };
            case "/login" ->
                request.method().equals("POST")
                        ? login(request)
                        : Response.empty(405).withHeader("Allow", "POST");
            default -> Response.empty(404);
        };
    }

    private Response show(Request request) {
        Optional<Session> session = signIn.session(request);
        if (session.isPresent()) {
            return page(request, session.get(), 200, "");
        }
        SignIn.Outcome outcome = signIn.arrive(request, SIGN_IN, SignIn.Demand.ANY_PROOF);
        return outcome instanceof SignIn.SignedIn in
                ? signIn.withSession(page(request, in.begun().session(), 200, ""), in.begun())
                : ((SignIn.Again) outcome).page();
    }

    private Response login(Request request) throws IOException {
        SignIn.Outcome outcome = signIn.submit(request, SIGN_IN, request.form(LONGEST_FORM));
        return outcome instanceof SignIn.SignedIn in
                ? signIn.withSession(to(HOME), in.begun())
                : ((SignIn.Again) outcome).page();
    }

    private static Response to(String location) {
        return Response.empty(303).withHeader("Location", location);
    }

    private Response page(Request request, Session session, int status, String message) {
        return signIn.withToken(request, token -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("pageTitle", "account.heading");
            values.put("action", HOME);
            values.put("token", token);
            values.put("message", message);
            values.put("username", session.principal().id());
            values.put(
                    "done",
                    request.query("done").stream()
                            .findFirst()
                            .map(said -> DONE.getOrDefault(said, ""))
                            .orElse(""));
            values.put("sections", sections.shown(visit(request, session)));
            return signIn.show(request, status, "account", "", values);
        });
    }

    private static Visit visit(Request request, Session session) {
        String id = session.principal().id();
        return new Visit(session, new Caller(id, Set.of(), request.id(), request.address(), false));
    }

    private Response act(Request request) throws IOException {
        Optional<Session> session = signIn.session(request);
        if (session.isEmpty()) {
            return signIn.page(request, SIGN_IN, 401, "error.session-expired");
        }
        Map<String, List<String>> form = request.form(LONGEST_FORM);
        if (!signIn.isGenuine(request, form)) {
            return page(request, session.get(), 403, "error.form-expired");
        }
        Wish wish = Wish.of(form);
        Visit visit = visit(request, session.get());
        audit.requireAvailable();
        return switch (sections.act(visit, wish)) {
            case DONE -> {
                audit.append(AuditEvent.of(
                        "account." + wish.action(),
                        visit.caller(),
                        visit.caller().id(),
                        Map.of("section", wish.section(), "row", wish.row())));
                yield to(HOME + "?done=ended");
            }
            case GONE -> to(HOME + "?done=gone");
            case UNAVAILABLE -> page(request, session.get(), 503, "account.unavailable");
        };
    }
}

package org.latchkey.scheme.totp;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.service.SignIn.Further;
import org.latchkey.api.service.SignIn.NotProven;
import org.latchkey.api.service.SignIn.Proven;
import org.latchkey.api.service.SignIn.Proving;
import org.latchkey.api.service.SignIn.Purpose;
import org.latchkey.api.service.Tokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Where people set up an app, at {@code /totp}: a place of its own, and no step of signing in, so that no application can make
 * anybody set up something for whoever sits there. All of it needs a password that was typed just now; what is set up is
 * neither replaced nor removed without a code of it, else a password alone would be enough to get around it.
 */
@Component(
        service = Endpoint.class,
        property = Endpoint.MOUNT + "=" + TotpEndpoint.NAME,
        configurationPid = "latchkey.scheme.totp")
@Designate(ocd = TotpEndpoint.Config.class)
public final class TotpEndpoint implements Endpoint {

    @ObjectClassDefinition(
            name = "Latchkey TOTP",
            description = "Codes of an app (RFC 6238) and recovery codes as a further proof.")
    public @interface Config {

        @AttributeDefinition(description = "What the app calls this server.")
        String issuer() default "Latchkey";

        @AttributeDefinition(
                min = "30",
                max = "3600",
                description = "How long after a password and a code something can be set up or removed, in seconds.")
        int freshSeconds() default 300;
    }

    static final String NAME = "totp";

    private static final String PATH = "/" + NAME;
    private static final long LONGEST_FORM = 16 * 1024;
    private static final Purpose LOGIN = new Purpose(PATH + "/login", Map.of(), "", "", List.of());
    private static final Purpose PROOF = new Purpose(PATH + "/proof", Map.of(), "", "", List.of());

    private final SignIn signIn;
    private final Accounts accounts;
    private final Operators operators;
    private final Audit audit;
    private final Clock clock = Clock.systemUTC();
    private volatile Config config;

    @Activate
    public TotpEndpoint(
            @Reference SignIn signIn,
            @Reference Accounts accounts,
            @Reference Tokens tokens,
            @Reference Audit audit,
            Config config) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.audit = audit;
        this.operators = new Operators(tokens, accounts, audit);
        this.config = config;
    }

    @Modified
    void modified(Config changed) {
        config = changed;
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (request.path().startsWith(Operators.PATH)) {
            return operators.answer(request);
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /" -> show(request);
            case "POST /login" -> login(request);
            case "POST /proof" -> proof(request);
            case "POST /change" -> change(request);
            case "POST /confirm" -> confirm(request);
            case "GET /login", "GET /proof", "GET /change", "GET /confirm" -> home();
            default -> Response.empty(404);
        };
    }

    private static Response home() {
        return Response.empty(303).withHeader("Location", PATH);
    }

    private Response show(Request request) {
        Optional<Session> session = signIn.session(request);
        if (session.isEmpty() || !isFresh(session.get(), Set.of(Sessions.PASSWORD))) {
            return signIn.page(request, LOGIN);
        }
        Optional<Further> further = further(session.get());
        return further.isPresent()
                ? signIn.further(request, PROOF, further.get())
                : menu(request, session.get(), 200, "");
    }

    /** What somebody has to prove besides a password before anything is changed. */
    private Optional<Further> further(Session session) {
        Account account = accounts.of(session.principal().id());
        if (!account.isRegistered() || isFresh(session, Set.of(TotpScheme.SCHEME, RecoveryScheme.SCHEME))) {
            return Optional.empty();
        }
        Set<String> choices = new TreeSet<>(Set.of(TotpScheme.SCHEME));
        if (!account.recovery().isEmpty()) {
            choices.add(RecoveryScheme.SCHEME);
        }
        return Optional.of(new Further(session, choices, Set.of()));
    }

    private boolean isFresh(Session session, Set<String> names) {
        Instant since = clock.instant().minus(Duration.ofSeconds(config.freshSeconds()));
        return names.stream()
                .flatMap(name -> Optional.ofNullable(session.proofs().get(name)).stream())
                .anyMatch(proved -> proved.at().isAfter(since));
    }

    private Response login(Request request) throws IOException {
        SignIn.Outcome outcome = signIn.submit(request, LOGIN, request.form(LONGEST_FORM));
        return outcome instanceof SignIn.SignedIn signedIn
                ? signIn.withSession(home(), signedIn.begun())
                : ((SignIn.Again) outcome).page();
    }

    private Response proof(Request request) throws IOException {
        Map<String, List<String>> form = request.form(LONGEST_FORM);
        Optional<Session> session = signIn.session(request).filter(each -> isFresh(each, Set.of(Sessions.PASSWORD)));
        Optional<Further> further = session.flatMap(this::further);
        if (further.isEmpty()) {
            return home();
        }
        Proving proving = signIn.prove(request, PROOF, further.get(), form);
        if (proving instanceof Proven proven) {
            return signIn.withSession(home(), proven.begun());
        }
        return proving instanceof NotProven again
                ? again.page()
                : Response.empty(303).withHeader("Location", "/login");
    }

    /** Whoever may change something now: signed in, with all that {@link #show} asks for first. */
    private Optional<Session> proved(Request request) {
        return signIn.session(request)
                .filter(each -> isFresh(each, Set.of(Sessions.PASSWORD))
                        && further(each).isEmpty());
    }

    private Response change(Request request) throws IOException {
        Map<String, List<String>> form = request.form(LONGEST_FORM);
        Optional<Session> session = proved(request);
        if (session.isEmpty()) {
            return home();
        }
        if (!signIn.isGenuine(request, form)) {
            return menu(request, session.get(), 403, "error.form-expired");
        }
        String id = session.get().principal().id();
        return switch (String.join(" ", form.getOrDefault("do", List.of()))) {
            case "begin" -> begin(request, session.get(), id);
            case "codes" -> {
                audit.requireAvailable();
                List<String> codes = accounts.renewRecovery(id);
                tell(request, id, "codes-renewed");
                yield codes.isEmpty() ? home() : done(request, session.get(), codes);
            }
            case "remove" -> {
                audit.requireAvailable();
                accounts.remove(id);
                tell(request, id, "removed");
                yield menu(request, session.get(), 200, "totp.removed");
            }
            default -> menu(request, session.get(), 400, "error.text");
        };
    }

    /** The one time that the secret is shown. */
    private Response begin(Request request, Session session, String id) {
        byte[] secret = accounts.begin(id, session.id());
        String uri = KeyUri.of(config.issuer(), id, secret);
        return page(request, session, 200, Map.of("key", Base32.of(secret), "uri", uri, "qr", KeyUri.picture(uri)));
    }

    private Response confirm(Request request) throws IOException {
        Map<String, List<String>> form = request.form(LONGEST_FORM);
        Optional<Session> session = proved(request);
        if (session.isEmpty()) {
            return home();
        }
        if (!signIn.isGenuine(request, form)) {
            return menu(request, session.get(), 403, "error.form-expired");
        }
        audit.requireAvailable();
        String id = session.get().principal().id();
        Optional<List<String>> codes =
                accounts.confirm(id, session.get().id(), String.join("", form.getOrDefault("answer", List.of())));
        if (codes.isEmpty()) {
            return menu(request, session.get(), 400, "error.proof");
        }
        tell(request, id, "set-up");
        return done(request, session.get(), codes.get());
    }

    private void tell(Request request, String id, String what) {
        audit.append(
                new AuditEvent(clock.instant(), "totp." + what, request.id(), id, id, request.address(), Map.of()));
    }

    private Response done(Request request, Session session, List<String> codes) {
        return page(request, session, 200, Map.of("done", true, "codes", codes));
    }

    private Response menu(Request request, Session session, int status, String message) {
        Account account = accounts.of(session.principal().id());
        return page(
                request,
                session,
                status,
                Map.of(
                        "menu",
                        true,
                        "message",
                        message,
                        "registered",
                        account.isRegistered(),
                        "left",
                        String.valueOf(account.recovery().size())));
    }

    private Response page(Request request, Session session, int status, Map<String, Object> more) {
        return signIn.withToken(request, token -> {
            Map<String, Object> values = new LinkedHashMap<>(more);
            values.put("action", PATH);
            values.put("token", token);
            values.put("username", session.principal().id());
            return signIn.show(request, status, "totp", "", values);
        });
    }
}

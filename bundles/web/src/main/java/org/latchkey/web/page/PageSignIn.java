package org.latchkey.web.page;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Recognition;
import org.latchkey.api.service.Schemes;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.store.Store;
import org.latchkey.web.page.Visitors.Visitor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Signs people in: who is recognized by their request alone without a question or after one, the others by a form. Whatever
 * was wrong with what they typed, the answer is the same.
 */
@Component(
        service = {SignIn.class, PageSignIn.class},
        configurationPid = "latchkey.signin")
@Designate(ocd = PageSignIn.Config.class)
public final class PageSignIn implements SignIn {

    @ObjectClassDefinition(
            name = "Latchkey sign-in",
            description = "What becomes of people whom a plugin recognizes by their request alone.")
    public @interface Config {

        @AttributeDefinition(
                options = {@Option("confirm"), @Option("transparent")},
                description =
                        "confirm: they are asked whether they want to sign in as that; transparent: they are signed in without a question.")
        String recognized() default TrustRules.CONFIRM;

        @AttributeDefinition(
                options = {@Option("form"), @Option("confirm")},
                description =
                        "Where an application demands that credentials are shown anew. form: they have to fill in the form; confirm: their yes to the question counts as that, never silence.")
        String renew() default TrustRules.FORM;
    }

    private static final Map<String, Set<String>> BY_PASSWORD = Map.of(Sessions.PASSWORD, Set.of("pwd"));

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_SECRET = 1024;

    private final Authentication authentication;
    private final Sessions sessions;
    private final Pages pages;
    private final BoundForms forms;
    private final Visitors visitors;
    private final ProofPages proofs;
    private volatile TrustRules rules;

    @Activate
    public PageSignIn(
            @Reference Authentication authentication,
            @Reference Recognition recognition,
            @Reference Sessions sessions,
            @Reference Schemes schemes,
            @Reference ExtensionPoints points,
            @Reference Store store,
            Config config) {
        this.authentication = authentication;
        this.visitors = new Visitors(recognition);
        this.sessions = sessions;
        this.pages = new Pages(points);
        this.forms = new BoundForms(new FormTokens(store, Clock.systemUTC()));
        this.proofs = new ProofPages(schemes, sessions, this::page);
        this.rules = TrustRules.of(config);
    }

    /** A restart would take every protocol along. */
    @Modified
    void modified(Config config) {
        rules = TrustRules.of(config);
    }

    Pages pages() {
        return pages;
    }

    @Override
    public Optional<Session> session(Request request) {
        return SessionCookies.held(request).flatMap(sessions::find);
    }

    @Override
    public Response page(Request request, Purpose purpose) {
        return page(request, purpose, 200, "");
    }

    @Override
    public Response page(Request request, Purpose purpose, int status, String message) {
        return page(request, purpose, status, message, "");
    }

    private Response page(Request request, Purpose purpose, int status, String message, String name) {
        return page(request, "login", purpose, status, Map.of("message", message, "username", name));
    }

    /** A page with a form of this purpose. */
    private Response page(Request request, String page, Purpose purpose, int status, Map<String, Object> more) {
        return withToken(request, token -> {
            Map<String, Object> values = PurposeValues.of(purpose, token, more);
            return pages.page(request, status, page, purpose.theme(), PurposeValues.elsewhere(purpose), values);
        });
    }

    @Override
    public Response withToken(Request request, Function<String, Response> page) {
        return forms.withToken(request, page);
    }

    @Override
    public boolean isGenuine(Request request, Map<String, List<String>> form) {
        return forms.isGenuine(request, form);
    }

    @Override
    public Outcome arrive(Request request, Purpose purpose, Demand demand) {
        boolean isDemand = demand == Demand.CREDENTIALS;
        if (isDemand && !rules.meetsDemand()) {
            return new Again(page(request, purpose));
        }
        Visitor visitor = visitors.visitor(request, Callers.anonymous(request));
        if (visitor instanceof Visitors.Known known) {
            return rules.isSilent() && !isDemand
                    ? enter(request, purpose, known, Proof.RECOGNITION)
                    : new Again(ask(request, purpose, known));
        }
        if (visitor instanceof Visitors.Turned turned) {
            return new Again(page(request, purpose, 200, turned.reason()));
        }
        List<String> challenges = ((Visitors.Stranger) visitor).challenges();
        return new Again(
                challenges.isEmpty()
                        ? page(request, purpose)
                        : page(request, purpose, 401, "")
                                .withHeader("WWW-Authenticate", String.join(", ", challenges)));
    }

    @Override
    public Optional<SignedIn> recognized(Request request) {
        if (!rules.isSilent()) {
            return Optional.empty();
        }
        try {
            return visitors.visitor(request, Callers.anonymous(request)) instanceof Visitors.Known known
                    ? begin(request, known, Proof.RECOGNITION)
                    : Optional.empty();
        } catch (Refusal refusal) {
            return Optional.empty(); // nobody may be told why here; the log and the receipt have it
        }
    }

    private Response ask(Request request, Purpose purpose, Visitors.Known known) {
        String name = known.principal().id();
        return page(request, "recognized", purpose, 200, Map.of("recognized", name, "message", ""));
    }

    /** They said yes to the question; who they are is asked anew, since a form proves nothing. */
    private Outcome confirmed(Request request, Purpose purpose, String name) {
        return visitors.visitor(request, Callers.anonymous(request)) instanceof Visitors.Known known
                        && known.principal().id().equals(name)
                ? enter(request, purpose, known, rules.meetsDemand() ? Proof.CREDENTIALS : Proof.RECOGNITION)
                : new Again(page(request, purpose, 403, "error.not-recognized"));
    }

    private Outcome enter(Request request, Purpose purpose, Visitors.Known known, Proof proof) {
        try {
            Optional<SignedIn> signedIn = begin(request, known, proof);
            return signedIn.isPresent()
                    ? signedIn.get()
                    : new Again(page(request, purpose, 403, "error.not-recognized"));
        } catch (Refusal refusal) {
            return new Again(refused(request, purpose, refusal, ""));
        }
    }

    private Optional<SignedIn> begin(Request request, Visitors.Known known, Proof proof) {
        Caller caller = Callers.anonymous(request);
        return visitors.admit(known.principal(), caller)
                .map(principal -> begin(request, caller, principal, new Sessions.Wishes(false, false), Map.of()))
                .map(begun -> new SignedIn(begun, proof));
    }

    private Sessions.Begun begin(
            Request request,
            Caller caller,
            Principal principal,
            Sessions.Wishes wishes,
            Map<String, Set<String>> proofs) {
        String userAgent = request.header("User-Agent").orElse("");
        return sessions.begin(caller, principal, wishes, SessionCookies.held(request), proofs, userAgent);
    }

    @Override
    public Outcome submit(Request request, Purpose purpose, Map<String, List<String>> form) {
        String name = BoundForms.only(form, "username").map(String::strip).orElse("");
        if (!isGenuine(request, form)) {
            return new Again(page(request, purpose, 403, "error.form-expired", name));
        }
        Optional<String> recognized = BoundForms.only(form, "recognized");
        if (recognized.isPresent()) {
            return confirmed(request, purpose, recognized.get());
        }
        Caller caller = Callers.anonymous(request);
        try {
            Optional<Principal> principal =
                    judge(caller, name, BoundForms.only(form, "password").orElse(""));
            return principal.isPresent()
                    ? new SignedIn(begin(request, caller, principal.get(), wishes(form), BY_PASSWORD))
                    : new Again(page(request, purpose, 401, "error.credentials", name));
        } catch (Refusal refusal) {
            return new Again(refused(request, purpose, refusal, name));
        }
    }

    @Override
    public Response further(Request request, Purpose purpose, Further further) {
        return proofs.ask(request, Callers.anonymous(request), purpose, further);
    }

    @Override
    public Proving prove(Request request, Purpose purpose, Further further, Map<String, List<String>> form) {
        return isGenuine(request, form)
                ? proofs.judge(request, Callers.anonymous(request), purpose, further, form)
                : new NotProven(proofs.expired(request, Callers.anonymous(request), purpose, further));
    }

    private Response refused(Request request, Purpose purpose, Refusal refusal, String name) {
        return switch (refusal.kind()) {
            case TOO_MANY -> page(request, purpose, 429, "error.too-many", name).withHeader("Retry-After", "60");
            case UNAVAILABLE ->
                page(request, purpose, 503, "error.unavailable", name).withHeader("Retry-After", "1");
            default -> page(request, purpose, 401, "error.credentials", name);
        };
    }

    private Optional<Principal> judge(Caller caller, String name, String password) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || password.length() > LONGEST_SECRET) {
            return Optional.empty();
        }
        try (Secret secret = Secret.of(password.toCharArray())) {
            return authentication.authenticate(new Attempt(name, Optional.of(secret), caller));
        }
    }

    private static Sessions.Wishes wishes(Map<String, List<String>> form) {
        return new Sessions.Wishes(
                BoundForms.only(form, "rememberMe")
                        .filter(ticked -> !ticked.equals("false"))
                        .isPresent(),
                BoundForms.only(form, "warn")
                        .filter(ticked -> !ticked.equals("false"))
                        .isPresent());
    }

    @Override
    public Response withSession(Response answer, Sessions.Begun begun) {
        return SessionCookies.begun(answer, begun);
    }

    @Override
    public Response withoutSession(Response answer) {
        return SessionCookies.ended(answer);
    }

    @Override
    public String browserState(Session session) {
        return SessionCookies.browserState(session);
    }

    @Override
    public Response withBrowserState(Response answer, Session session) {
        return SessionCookies.withBrowserState(answer, session);
    }

    @Override
    public Response show(Request request, int status, String page, String theme, Map<String, Object> values) {
        return pages.page(request, status, page, theme, Elsewhere.of(values), values);
    }
}

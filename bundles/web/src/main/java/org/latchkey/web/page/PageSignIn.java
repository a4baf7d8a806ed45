package org.latchkey.web.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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
import org.latchkey.api.http.Cookie;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signs people in by a form. Whatever was wrong with what they typed, the answer is the same. */
@Component(service = {SignIn.class, PageSignIn.class})
public final class PageSignIn implements SignIn {

    /** The session; it grants tickets to every protocol, hence the name (CAS 3.0.3, 3.6). */
    static final String SESSION = "TGC-latchkey";

    /** Binds forms to the browser. */
    private static final String BROWSER = "latchkey-form";

    private static final List<String> PROXY_HEADERS =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_SECRET = 1024;

    private final Authentication authentication;
    private final Sessions sessions;
    private final Pages pages;
    private final FormTokens tokens;

    @Activate
    public PageSignIn(
            @Reference Authentication authentication,
            @Reference Sessions sessions,
            @Reference ExtensionPoints points,
            @Reference Store store) {
        this(authentication, sessions, new Pages(points), new FormTokens(store, Clock.systemUTC()));
    }

    PageSignIn(Authentication authentication, Sessions sessions, Pages pages, FormTokens tokens) {
        this.authentication = authentication;
        this.sessions = sessions;
        this.pages = pages;
        this.tokens = tokens;
    }

    Pages pages() {
        return pages;
    }

    @Override
    public Optional<Sessions.Session> session(Request request) {
        return request.cookie(SESSION).flatMap(sessions::find);
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
        return withToken(request, token -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("action", purpose.action());
            values.put(
                    "hidden",
                    purpose.hidden().entrySet().stream()
                            .map(field -> Map.of("name", field.getKey(), "value", field.getValue()))
                            .toList());
            values.put("token", token);
            values.put("service", purpose.relyingParty());
            values.put("username", name);
            values.put("message", message);
            Elsewhere elsewhere = new Elsewhere(purpose.redirectsTo(), List.of());
            return pages.page(request, status, "login", purpose.theme(), elsewhere, values);
        });
    }

    @Override
    public Response withToken(Request request, Function<String, Response> page) {
        Optional<String> known = request.cookie(BROWSER);
        String browser = known.orElseGet(() -> FormTokens.random(16));
        Response answer = page.apply(tokens.next(browser));
        return known.isPresent() ? answer : answer.withCookie(Cookie.of(BROWSER, browser));
    }

    @Override
    public boolean isGenuine(Request request, Map<String, List<String>> form) {
        Optional<String> token = only(form, "token");
        return token.isPresent()
                && request.cookie(BROWSER)
                        .filter(browser -> tokens.use(token.get(), browser))
                        .isPresent();
    }

    /** A field that was sent exactly once. */
    private static Optional<String> only(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    @Override
    public Outcome submit(Request request, Purpose purpose, Map<String, List<String>> form) {
        String name = only(form, "username").map(String::strip).orElse("");
        if (!isGenuine(request, form)) {
            return new Again(page(request, purpose, 403, "error.form-expired", name));
        }
        Caller caller = new Caller("anonymous", Set.of(), request.id(), request.address(), isForwarded(request));
        try {
            Optional<Principal> principal =
                    judge(caller, name, only(form, "password").orElse(""));
            return principal.isPresent()
                    ? new SignedIn(sessions.begin(caller, principal.get(), wishes(form), request.cookie(SESSION)))
                    : new Again(page(request, purpose, 401, "error.credentials", name));
        } catch (Refusal refusal) {
            return new Again(
                    switch (refusal.kind()) {
                        case TOO_MANY ->
                            page(request, purpose, 429, "error.too-many", name).withHeader("Retry-After", "60");
                        case UNAVAILABLE ->
                            page(request, purpose, 503, "error.unavailable", name)
                                    .withHeader("Retry-After", "1");
                        default -> page(request, purpose, 401, "error.credentials", name);
                    });
        }
    }

    private Optional<Principal> judge(Caller caller, String name, String password) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || password.length() > LONGEST_SECRET) {
            return Optional.empty();
        }
        try (Secret secret = Secret.of(password.toCharArray())) {
            return authentication.authenticate(new Attempt(name, Optional.of(secret), caller));
        }
    }

    private static boolean isForwarded(Request request) {
        return PROXY_HEADERS.stream().anyMatch(name -> request.header(name).isPresent());
    }

    private static Sessions.Wishes wishes(Map<String, List<String>> form) {
        return new Sessions.Wishes(
                only(form, "rememberMe")
                        .filter(ticked -> !ticked.equals("false"))
                        .isPresent(),
                only(form, "warn").filter(ticked -> !ticked.equals("false")).isPresent());
    }

    @Override
    public Response withSession(Response answer, Sessions.Begun begun) {
        Optional<Duration> life = begun.session().remembered()
                ? Optional.of(Duration.between(Instant.now(), begun.session().expiresAt()))
                : Optional.empty();
        return answer.withCookie(new Cookie(SESSION, begun.cookie(), life));
    }

    @Override
    public Response withoutSession(Response answer) {
        return answer.withCookie(Cookie.gone(SESSION));
    }

    @Override
    public Response show(Request request, int status, String page, String theme, Map<String, Object> values) {
        return pages.page(request, status, page, theme, Elsewhere.of(values), values);
    }
}

package org.latchkey.grant.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.Grant.Instance;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages for people (RFC 8628, 3.3): the code is entered or confirmed, they sign in, see which application wants what, and
 * allow it or not. A code in the address is only filled in, never taken: it may come from somebody else (5.4). Nobody learns
 * whether there is a code before they have signed in.
 */
final class DevicePages {

    static final String PATH = "/device";

    private static final String LOGIN = PATH + "/login";
    private static final String DECISION = PATH + "/decision";
    private static final String USER_CODE = "user_code";
    private static final String SHOWN = "shown";
    private static final long LONGEST_FORM = 16 * 1024;

    /** Scopes with a text that says what they mean; one of the operator's own speaks for itself. */
    private static final Set<String> EXPLAINED =
            Set.of("openid", "profile", "email", "address", "phone", "groups", "offline_access");

    private static final Logger LOG = LoggerFactory.getLogger(DevicePages.class);

    private final SignIn signIn;
    private final Authentication authentication;
    private final DeviceCodes codes;
    private final Guesses guesses;

    DevicePages(SignIn signIn, Authentication authentication, DeviceCodes codes, Guesses guesses) {
        this.signIn = signIn;
        this.authentication = authentication;
        this.codes = codes;
        this.guesses = guesses;
    }

    /** One visit of a browser. */
    private record Visit(Instance instance, Request http) {

        String at(String below) {
            return instance.path() + below;
        }
    }

    /** A request that a code was found for. */
    private record Found(DeviceCode code, Client client) {}

    /** Nothing if the path is none of these pages. */
    Optional<Response> answer(Instance instance, Request http) throws IOException {
        Visit visit = new Visit(instance, http);
        return switch (http.method() + " " + http.path()) {
            case "GET " + PATH -> Optional.of(form(visit, 200, "", typed(http.query(USER_CODE))));
            case "POST " + PATH -> Optional.of(entered(visit, http.form(LONGEST_FORM)));
            case "GET " + LOGIN -> Optional.of(arrived(visit, typed(http.query(USER_CODE))));
            case "POST " + LOGIN -> Optional.of(signedIn(visit, http.form(LONGEST_FORM)));
            case "POST " + DECISION -> Optional.of(decided(visit, http.form(LONGEST_FORM)));
            default -> Optional.empty();
        };
    }

    private static Optional<UserCode> typed(List<String> values) {
        return values.size() == 1 ? UserCode.of(values.get(0)) : Optional.empty();
    }

    private static Optional<UserCode> typed(Map<String, List<String>> form) {
        return typed(form.getOrDefault(USER_CODE, List.of()));
    }

    private Response form(Visit visit, int status, String message, Optional<UserCode> code) {
        return signIn.withToken(
                visit.http(),
                token -> signIn.show(
                        visit.http(),
                        status,
                        "device",
                        "",
                        Map.of(
                                "action",
                                visit.at(PATH),
                                "token",
                                token,
                                "message",
                                message,
                                "code",
                                code.map(UserCode::shown).orElse(""))));
    }

    private Response noSuchCode(Visit visit) {
        return form(visit, 400, "error.device-code", Optional.empty());
    }

    private Response entered(Visit visit, Map<String, List<String>> form) {
        Optional<UserCode> code = typed(form);
        if (!signIn.isGenuine(visit.http(), form)) {
            return form(visit, 403, "error.form-expired", code);
        }
        if (code.isEmpty()) {
            return noSuchCode(visit);
        }
        return signIn.session(visit.http())
                .map(session -> question(visit, session, code.get()))
                .orElseGet(() -> toLogin(visit, code.get()));
    }

    private static Response toLogin(Visit visit, UserCode code) {
        return Response.empty(303)
                .withHeader("Location", visit.at(LOGIN) + "?" + USER_CODE + "=" + code.shown())
                .withHeader("Cache-Control", "no-store");
    }

    /** A code in the address is confirmed once more, also by who is recognized without a form. */
    private Response arrived(Visit visit, Optional<UserCode> code) {
        if (code.isEmpty() || signIn.session(visit.http()).isPresent()) {
            return form(visit, 200, "", code);
        }
        SignIn.Outcome outcome = signIn.arrive(visit.http(), purpose(visit, code.get()), SignIn.Demand.ANY_PROOF);
        return outcome instanceof SignIn.SignedIn in
                ? signIn.withSession(form(visit, 200, "", code), in.begun())
                : ((SignIn.Again) outcome).page();
    }

    private Response signedIn(Visit visit, Map<String, List<String>> form) {
        Optional<UserCode> code = typed(form);
        if (code.isEmpty()) {
            return noSuchCode(visit);
        }
        SignIn.Outcome outcome = signIn.submit(visit.http(), purpose(visit, code.get()), form);
        return outcome instanceof SignIn.SignedIn in
                ? signIn.withSession(question(visit, in.begun().session(), code.get()), in.begun())
                : ((SignIn.Again) outcome).page();
    }

    /** Without the client's name, which whoever is not signed in may not know. */
    private static SignIn.Purpose purpose(Visit visit, UserCode code) {
        return new SignIn.Purpose(visit.at(LOGIN), Map.of(USER_CODE, code.shown()), "", "", List.of());
    }

    /** What the code is for, and the question whether that is allowed. */
    private Response question(Visit visit, Session session, UserCode code) {
        return whereFound(visit, session, code, found -> {
            return signIn.withToken(visit.http(), token -> {
                Map<String, Object> values = new HashMap<>();
                values.put("action", visit.at(DECISION));
                values.put("token", token);
                values.put(
                        "hidden",
                        List.of(
                                Map.of("name", USER_CODE, "value", code.shown()),
                                Map.of("name", SHOWN, "value", shown(session, found.code()))));
                values.put("service", found.client().name());
                values.put("username", session.principal().id());
                values.put("code", code.shown());
                values.put(
                        "scopes",
                        found.code().scope().stream()
                                .sorted()
                                .map(DevicePages::item)
                                .toList());
                return signIn.show(visit.http(), 200, "device", theme(found.client()), values);
            });
        });
    }

    private static Map<String, String> item(String scope) {
        return Map.of("name", scope, "text", EXPLAINED.contains(scope) ? "scope." + scope : scope);
    }

    private static String theme(Client client) {
        return client.text("theme").orElse("");
    }

    private interface Page {
        Response of(Found found);
    }

    /** The page for a request that there is, for somebody who may use its client. */
    private Response whereFound(Visit visit, Session session, UserCode code, Page page) {
        Optional<Found> found;
        try {
            found = guesses.look(session.id(), visit.http().address(), () -> find(visit, code));
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.TOO_MANY) {
                throw refusal;
            }
            LOG.atWarn()
                    .addKeyValue("user", session.principal().id())
                    .addKeyValue("address", visit.http().address())
                    .log("too many user codes were tried");
            return form(visit, 429, "error.too-many", Optional.empty()).withHeader("Retry-After", "60");
        }
        if (found.isEmpty()) {
            return noSuchCode(visit);
        }
        Client client = found.get().client();
        Caller caller = new Caller(
                session.principal().id(),
                Set.of(),
                visit.http().id(),
                visit.http().address(),
                false);
        return authentication.permits(caller, session.principal(), client.groups())
                ? page.of(found.get())
                : signIn.show(visit.http(), 403, "unauthorized", theme(client), Map.of("service", client.name()));
    }

    private Optional<Found> find(Visit visit, UserCode code) {
        return codes.ofUser(visit.instance().path(), code)
                .flatMap(each -> visit.instance().client(each.client()).map(client -> new Found(each, client)));
    }

    private Response decided(Visit visit, Map<String, List<String>> form) {
        Optional<UserCode> code = typed(form);
        Optional<Session> session = signIn.session(visit.http());
        if (!signIn.isGenuine(visit.http(), form)) {
            return form(visit, 403, "error.form-expired", code);
        }
        if (code.isEmpty()) {
            return noSuchCode(visit);
        }
        if (session.isEmpty()) {
            return toLogin(visit, code.get());
        }
        return whereFound(
                visit,
                session.get(),
                code.get(),
                found -> form.getOrDefault(SHOWN, List.of()).equals(List.of(shown(session.get(), found.code())))
                        ? decide(visit, session.get(), found, form)
                        : question(visit, session.get(), code.get()));
    }

    /** Both buttons at once count as a no. */
    private Response decide(Visit visit, Session session, Found found, Map<String, List<String>> form) {
        boolean isAllowed = form.containsKey("approve") && !form.containsKey("deny");
        boolean isDone = codes.decide(
                visit.instance().path(), found.code(), code -> isAllowed ? code.allowed(session.id()) : code.denied());
        if (!isDone) {
            return noSuchCode(visit);
        }
        LOG.atInfo()
                .addKeyValue("request", visit.http().id())
                .addKeyValue("user", session.principal().id())
                .addKeyValue("client", found.client().id())
                .addKeyValue("allowed", isAllowed)
                .log("somebody has decided on a device");
        Map<String, Object> values =
                new HashMap<>(Map.of("service", found.client().name()));
        if (isAllowed) {
            values.put("approved", "true");
        }
        return signIn.show(visit.http(), 200, "device-done", theme(found.client()), values);
    }

    /** Ties a question to who was asked and what about: not another session's, nor another request with the same code. */
    private static String shown(Session session, DeviceCode code) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((session.id() + "\n" + code.key()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

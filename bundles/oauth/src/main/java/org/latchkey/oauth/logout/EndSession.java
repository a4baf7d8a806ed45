package org.latchkey.oauth.logout;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.key.Seal;
import org.latchkey.oauth.logout.FrontChannel.Frame;

/**
 * The end session endpoint (RP-Initiated Logout 1.0). Nobody is signed out by a link or an image of another site: without an id
 * token of this very session the person is asked, on a page whose form no other site can post.
 */
final class EndSession {

    private static final long LONGEST_FORM = 256 * 1024;

    /** Of the query that a form is turned into, so that servers in front take it. */
    private static final int LONGEST_QUERY = 6_000;

    private final Logout.Parts parts;
    private final SignIn signIn;
    private final Seal seal;
    private final SignOutChecks checks;
    private final Participants participants;
    private final FrontChannel frontChannel;

    EndSession(Logout.Parts parts, Participants participants) {
        this.parts = parts;
        this.signIn = parts.signIn();
        this.seal = new Seal(parts.store(), parts.issuer().mount(), "end-session");
        this.checks = new SignOutChecks(parts.clients(), parts.idTokens(), parts.subjects());
        this.participants = participants;
        this.frontChannel = new FrontChannel(parts.issuer(), parts.clients());
    }

    private interface Step {
        Response take() throws Refused, IOException;
    }

    private Response onPage(Request http, Step step) throws IOException {
        try {
            return step.take();
        } catch (Refused refused) {
            Map<String, Object> values = Map.of("code", refused.error(), "detail", refused.getMessage());
            return signIn.show(http, refused.status(), "error", "", values);
        }
    }

    /** {@code GET /end-session}. */
    Response get(Request http) throws IOException {
        return onPage(http, () -> decide(http, Parameters.of(SignOutRequest.PARAMETERS, http::query)));
    }

    /**
     * {@code POST /end-session}. A browser that another site makes post does not show its session (SameSite=Lax); it comes
     * again by GET, and then does.
     */
    Response post(Request http) throws IOException {
        return onPage(http, () -> {
            Parameters parameters = Parameters.of(http.form(LONGEST_FORM));
            if (signIn.session(http).isEmpty()) {
                String query = query(parameters);
                if (query.length() <= LONGEST_QUERY) {
                    return Response.empty(303)
                            .withHeader("Location", parts.issuer().at("/end-session") + query);
                }
            }
            return decide(http, parameters);
        });
    }

    private static String query(Parameters parameters) {
        String query = SignOutRequest.PARAMETERS.stream()
                .sorted()
                .filter(parameters::has)
                .map(name -> name + "=" + URLEncoder.encode(parameters.get(name).orElseThrow(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /** {@code POST /end-session/confirm}: somebody says yes. */
    Response confirm(Request http) throws IOException {
        return onPage(http, () -> {
            Map<String, List<String>> form = http.form(LONGEST_FORM);
            Optional<String> sealed =
                    form.getOrDefault(Pending.FIELD, List.of()).stream().findFirst();
            Pending pending = Pending.open(seal, sealed, parts.clock().instant());
            SignOutRequest request = checks.believed(pending.parameters());
            Optional<Session> session = signIn.session(http);
            if (session.isEmpty()) {
                return done(http, request, List.of());
            }
            if (!signIn.isGenuine(http, form) || !pending.isOf(session.get())) {
                return ask(http, request, session.get(), 403, "error.form-expired");
            }
            return end(http, request, session.get());
        });
    }

    private Response decide(Request http, Parameters parameters) throws Refused {
        SignOutRequest request = checks.believed(parameters);
        Optional<Session> session = signIn.session(http);
        if (session.isEmpty()) {
            return done(http, request, List.of()); // and the cookies stay: an image of another site may have asked
        }
        return checks.isOf(request, session.get())
                ? end(http, request, session.get())
                : ask(http, request, session.get(), 200, "");
    }

    private Response ask(Request http, SignOutRequest request, Session session, int status, String message) {
        return signIn.withToken(http, token -> {
            String sealed =
                    Pending.of(request, session, parts.clock().instant()).sealed(seal);
            Map<String, Object> values = new HashMap<>();
            values.put("action", parts.issuer().path("/end-session/confirm"));
            values.put("token", token);
            values.put("hidden", List.of(Map.of("name", Pending.FIELD, "value", sealed)));
            values.put("message", message);
            values.put("username", session.principal().id());
            values.put("locales", request.locales());
            request.client()
                    .ifPresent(client -> values.put("service", client.client().name()));
            request.returnTo().ifPresent(uri -> values.put("redirectsTo", WebOrigin.orScheme(uri)));
            return signIn.show(http, status, "logout", theme(request), values);
        });
    }

    private static String theme(SignOutRequest request) {
        return request.client().flatMap(client -> client.client().text("theme")).orElse("");
    }

    private Response end(Request http, SignOutRequest request, Session session) {
        Set<String> clients = participants.of(session.id());
        parts.sessions().end(session.id());
        return signIn.withoutSession(done(http, request, frontChannel.frames(session.id(), clients)));
    }

    private Response done(Request http, SignOutRequest request, List<Frame> frames) {
        Optional<String> target = request.target();
        if (frames.isEmpty() && target.isPresent()) {
            return Response.empty(303).withHeader("Location", target.get());
        }
        Map<String, Object> values = new HashMap<>();
        values.put(
                "frames",
                frames.stream().map(frame -> Map.of("url", frame.url())).toList());
        values.put("framesFrom", frames.stream().map(Frame::origin).distinct().toList());
        values.put("locales", request.locales());
        target.ifPresent(url -> values.put("target", url));
        return signIn.show(http, 200, "logged-out", theme(request), values);
    }
}

package org.latchkey.web.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.latchkey.api.http.Cookie;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions.Begun;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;

/** What a browser holds of a session: what lets it in, and what its scripts may see of it. */
final class SessionCookies {

    /** It grants tickets to every protocol, hence the name (CAS 3.0.3, 3.6). */
    static final String SESSION = "TGC-latchkey";

    private SessionCookies() {}

    static Optional<String> held(Request request) {
        return request.cookie(SESSION);
    }

    static Response begun(Response answer, Begun begun) {
        Session session = begun.session();
        return withBrowserState(answer.withCookie(new Cookie(SESSION, begun.cookie(), life(session))), session);
    }

    static Response ended(Response answer) {
        return answer.withCookie(Cookie.gone(SESSION))
                .withCookie(new Cookie(SignIn.BROWSER_STATE, "", Optional.of(Duration.ZERO), Cookie.Readers.SCRIPTS));
    }

    static Response withBrowserState(Response answer, Session session) {
        return answer.withCookie(
                new Cookie(SignIn.BROWSER_STATE, browserState(session), life(session), Cookie.Readers.SCRIPTS));
    }

    /** Another for each session, of which nothing can be told but that it is another. */
    static String browserState(Session session) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("browser-state:" + session.id()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Until the browser is closed, unless it is to be remembered. */
    private static Optional<Duration> life(Session session) {
        return session.remembered()
                ? Optional.of(Duration.between(Instant.now(), session.expiresAt()))
                : Optional.empty();
    }
}

package org.latchkey.oauth.logout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.SignIn;

/**
 * {@code GET /check-session}: the frame that clients ask whether the session has changed (OpenID Connect Session Management
 * 1.0, 3.3). It is the one page of the server that other sites may show, and there is nothing on it: no link, no form, and one
 * script, which reads one cookie and answers three words. Without a secure context browsers give scripts no hash; then the
 * word is {@code error}.
 */
final class CheckSession {

    private static final String POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-";

    private final String page;

    CheckSession() {
        try (InputStream in =
                Objects.requireNonNull(CheckSession.class.getResourceAsStream("check-session.html"), "the page")) {
            page = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@COOKIE@", SignIn.BROWSER_STATE);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    Response answer(Request request) {
        String html = page.replace("@NONCE@", request.nonce());
        return Response.of(200, "text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .withHeader("Content-Security-Policy", POLICY + request.nonce() + "'")
                .framedBy("*");
    }
}

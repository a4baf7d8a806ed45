package org.latchkey.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.http.Response;

/**
 * Who may open a WebSocket. A browser opens one to any server for the page of any site, without asking the server first as it
 * does for other requests (CORS), and sends along what it has for that server: cookies, the certificate of the person, a password
 * that was typed into its own dialog. The endpoint, which authenticates the request, would take the page for the person and the
 * page would read the messages (RFC 6455, 10.2). So a handshake that names another origin than that of the public URL is refused
 * unless it carries a credential that no page can add to one and no browser adds by itself: {@code Access-Token}, or
 * {@code Authorization} of another scheme than those of the browser's dialog.
 *
 * <p>Fails closed: without a public URL every origin is another, and so is one that cannot be read, such as {@code null}. Open
 * to whoever names no origin, which every browser does.
 */
final class HandshakeRule {

    /** What browsers answer by themselves (RFC 7617, RFC 7616, RFC 4559). */
    private static final Set<String> OF_BROWSERS = Set.of("basic", "digest", "negotiate", "ntlm");

    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    private final Optional<String> own;

    HandshakeRule(String publicUrl) {
        this.own = origin(publicUrl);
    }

    /** What to answer instead of a WebSocket, if anything. */
    Optional<Response> fault(HttpServletRequest request, String requestId, boolean isHandshake) {
        String version = header(request, "Sec-WebSocket-Version");
        if (!isHandshake || !version.equals(VERSION)) {
            return Optional.of(Problem.of(426, "This is told over a WebSocket (RFC 6455) alone.")
                    .answer(requestId)
                    .withHeader("Upgrade", "websocket")
                    .withHeader("Sec-WebSocket-Version", VERSION));
        }
        if (!isKey(header(request, "Sec-WebSocket-Key"))) {
            return Optional.of(Problem.of(400, "Sec-WebSocket-Key is not 16 bytes in Base64.")
                    .answer(requestId));
        }
        if (isForeign(request) && !isTrusted(request)) {
            return Optional.of(Problem.of(403, "A page of another site may not follow this.")
                    .answer(requestId));
        }
        return Optional.empty();
    }

    private static String header(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getHeader(name), "").strip();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException garbled) {
            return false;
        }
    }

    private boolean isForeign(HttpServletRequest request) {
        List<String> named = Collections.list(request.getHeaders("Origin"));
        return !named.stream().allMatch(each -> own.isPresent() && origin(each).equals(own));
    }

    private static boolean isTrusted(HttpServletRequest request) {
        String authorization = header(request, "Authorization");
        String scheme = authorization.split(" ", 2)[0].toLowerCase(Locale.ROOT);
        return !authorization.isEmpty() && !OF_BROWSERS.contains(scheme)
                || !header(request, "Access-Token").isEmpty();
    }

    /** Scheme, host and port, as far as they are there (RFC 6454, 4). */
    private static Optional<String> origin(String url) {
        try {
            URI uri = URI.create(url.strip());
            if (uri.getScheme() == null || uri.getHost() == null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int usual = scheme.equals("https") ? 443 : 80;
            int port = uri.getPort() == -1 ? usual : uri.getPort();
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port);
        } catch (IllegalArgumentException garbled) {
            return Optional.empty();
        }
    }
}

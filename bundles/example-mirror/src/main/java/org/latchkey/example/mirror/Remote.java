package org.latchkey.example.mirror;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service over HTTP. What may be otherwise the next time is an IOException, and the outbox tries again: no
 * connection, no answer in time, 5xx, 401 (the operator renews the token), 408, 425, 429, a redirect. Any other 4xx is
 * the service's answer to this very request: it is logged, and not sent again.
 *
 * <p>With the old HttpURLConnection, since Java 17's HttpClient has threads that cannot be ended: they would outlive us.
 */
final class Remote {

    private static final Logger log = LoggerFactory.getLogger(Remote.class);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<Integer> NOT_NOW = Set.of(401, 408, 425, 429);

    private final String base;
    private final String token;
    private final int timeoutMillis;

    /** @throws IllegalArgumentException that says what is wrong with the settings, without the token */
    Remote(URI url, String token, int timeoutMillis) {
        boolean secure = "https".equals(url.getScheme()) && url.getHost() != null;
        boolean local = "http".equals(url.getScheme()) && THIS_MACHINE.contains(String.valueOf(url.getHost()));
        demand(secure || local, "url must begin with https:// and a host; http:// is for this machine only");
        demand(url.getRawUserInfo() == null && url.getRawQuery() == null, "url must have no user and no query");
        demand(token.matches("[!-~]+"), ".token must be set, in ASCII without blanks");
        this.base = url.toString().replaceAll("/+$", "");
        this.token = token;
        this.timeoutMillis = timeoutMillis;
    }

    private static void demand(boolean met, String fault) {
        if (!met) {
            throw new IllegalArgumentException(fault);
        }
    }

    /**
     * @param noticeId by which the service can tell that it has had the request before
     * @param path names of entities and groups are safe in it as they are
     */
    void send(String noticeId, String method, String path, String body) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the time for this notice is over");
        }
        int status = status(noticeId, method, base + path, body.getBytes(StandardCharsets.UTF_8));
        if (status < 200 || status / 100 == 3 || status >= 500 || NOT_NOW.contains(status)) {
            throw new IOException(method + " " + path + " was answered with " + status);
        }
        if (status >= 400) {
            log.atWarn().addKeyValue("path", path).addKeyValue("status", status).log("refused for good: " + method);
        }
    }

    private int status(String noticeId, String method, String url, byte[] body) throws IOException {
        HttpURLConnection request = (HttpURLConnection) URI.create(url).toURL().openConnection();
        try {
            request.setRequestMethod(method);
            request.setConnectTimeout(timeoutMillis);
            request.setReadTimeout(timeoutMillis);
            request.setInstanceFollowRedirects(false);
            request.setRequestProperty("Authorization", "Bearer " + token);
            request.setRequestProperty("Content-Type", "application/json");
            request.setRequestProperty("Idempotency-Key", noticeId);
            request.setDoOutput(true);
            request.getOutputStream().write(body);
            return request.getResponseCode();
        } finally {
            request.disconnect();
        }
    }
}

package org.latchkey.itest.proctor;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Http.Answer;

/** Somebody with a client of Proctor: its headers on every request, logs over WebSocket. */
public final class ProctorClient {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String base;
    private final String email;
    private final String token;
    private final Http http;

    /** @param base where procs are, such as {@code http://127.0.0.1:8080/procs} */
    public ProctorClient(String base, String email, String token) {
        this.base = base;
        this.email = email;
        this.token = token;
        this.http = new Http(base);
    }

    public Answer get(String path) {
        return http.send(mine(http.request(path)).GET());
    }

    public Answer post(String path, Object body) {
        return http.post(path, body, this::mine);
    }

    private HttpRequest.Builder mine(HttpRequest.Builder request) {
        return request.header("Email-Id", email).header("Access-Token", token);
    }

    /** Reads the log of a run until it ends. */
    public Log follow(String id) {
        Log log = new Log();
        URI uri = URI.create(base.replaceFirst("http", "ws") + "/execution/logs?context_id=" + id);
        log.socket = CLIENT.newWebSocketBuilder()
                .header("Email-Id", email)
                .header("Access-Token", token)
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(uri, log)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        return log;
    }

    /** A log that is being read, a line a message. */
    public static final class Log implements WebSocket.Listener, AutoCloseable {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                lines.add(part.toString().stripTrailing());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable broken) {
            closed.completeExceptionally(broken);
        }

        public List<String> lines() {
            return lines;
        }

        public boolean isClosed() {
            return closed.isDone();
        }

        /** Status and reason, once it is closed. */
        public String closing() {
            return closed.orTimeout(20, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}

package org.latchkey.itest.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.rules.ExternalResource;

/** Some other service, that the server under test talks to: keeps what it is asked, answers with what it is told. */
public final class Receiver extends ExternalResource {

    /**
     * One request.
     *
     * @param request its method and path
     * @param key the {@code Idempotency-Key}
     * @param status what it was answered with
     */
    public record Call(String request, String body, String key, int status) {}

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile int status = 200;

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    protected void before() {
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    protected void after() {
        server.stop(0);
        threads.shutdownNow();
    }

    public void answer(int changed) {
        status = changed;
    }

    /** All requests, also those it did not take. */
    public List<Call> calls() {
        return calls;
    }

    /** What it took, in order. */
    public List<Call> taken() {
        return calls.stream().filter(call -> call.status() == 200).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int answer = status;
            calls.add(new Call(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
                    body,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                    answer));
            exchange.sendResponseHeaders(answer, -1);
        }
    }
}

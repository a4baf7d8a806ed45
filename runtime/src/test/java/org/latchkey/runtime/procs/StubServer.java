package org.latchkey.runtime.procs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of procs that answers what it was told to, and remembers what it was asked. */
final class StubServer implements AutoCloseable {

    /** @param headers by their lower-case names, the first of each */
    record Asked(String line, Map<String, String> headers, String body) {}

    private record Answer(int status, String type, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Answer>> answers = Collections.synchronizedMap(new HashMap<>());
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    StubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort() + "/procs";
    }

    /** The answers to a line such as {@code GET /metadata}, one after the other; the last one stays. */
    StubServer answers(String line, int status, String body) {
        return answers(line, status, "application/json", body);
    }

    StubServer answers(String line, int status, String type, String body) {
        answers.computeIfAbsent(line, each -> new ArrayDeque<>()).add(new Answer(status, type, body));
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    Asked asked(int index) {
        return asked.get(index);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String line = exchange.getRequestMethod() + " " + path.replaceFirst("^/procs", "");
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
        asked.add(
                new Asked(line, headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Answer answer = next(line);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private Answer next(String line) {
        Deque<Answer> left = answers.getOrDefault(line, new ArrayDeque<>());
        synchronized (answers) {
            Answer none = new Answer(404, "application/problem+json", "{\"detail\":\"no such route\"}");
            return left.isEmpty() ? none : left.size() == 1 ? left.peek() : left.poll();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

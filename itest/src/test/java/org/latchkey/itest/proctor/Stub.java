package org.latchkey.itest.proctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.rules.ExternalResource;

/** A service that notices are posted to: keeps them, and answers, refuses or hangs as it is told. */
class Stub extends ExternalResource {

    private static final int HANGING = 0;

    /**
     * What was posted.
     *
     * @param headers by their names in lower case
     * @param status what it was answered with, 0 if it was not
     */
    record Posted(String path, Map<String, String> headers, String body, int status) {}

    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server;
    private volatile int status = 200;

    Stub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    String base() {
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
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** From now on, with this status. */
    public void answer(int changed) {
        status = changed;
    }

    /** From now on, not at all. */
    public void hang() {
        status = HANGING;
    }

    /** All of it, also what was not taken. */
    List<Posted> posted() {
        return posted;
    }

    /** What was taken, in order. */
    List<Posted> taken() {
        return posted.stream().filter(each -> each.status() == 200).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            int answer = status;
            posted.add(new Posted(exchange.getRequestURI().toString(), headers, body, answer));
            if (answer == HANGING) {
                over.await(120, TimeUnit.SECONDS);
            } else {
                exchange.sendResponseHeaders(answer, -1);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

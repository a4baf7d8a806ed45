package org.latchkey.itest.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.rules.ExternalResource;

/** Where clients publish what the server fetches: texts at paths, over https. */
public final class Publisher extends ExternalResource {

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;

    /** Begins to serve, at {@code localhost}. */
    public void listen(SSLContext tls) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    protected void after() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    /** Puts a text at a path, in place of what was there; gives the address. */
    public String at(String path, String text) {
        texts.put(path, text);
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] text =
                    texts.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(text.length > 0 ? 200 : 404, text.length > 0 ? text.length : -1);
            exchange.getResponseBody().write(text);
        }
    }
}

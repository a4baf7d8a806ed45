package org.latchkey.itest.cas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apereo.cas.client.proxy.ProxyGrantingTicketStorage;
import org.apereo.cas.client.proxy.ProxyGrantingTicketStorageImpl;
import org.junit.rules.ExternalResource;

/**
 * Where proxies listen for their proxy-granting tickets, on this machine. A path of a number answers with that status,
 * {@code /mute} answers nothing, {@code /endless} takes the ticket and never ends its answer, {@code /elsewhere} redirects, and any other takes the ticket as the Java client's own
 * filter does (I10).
 */
public final class Callbacks extends ExternalResource {

    private static final String TAKEN = "<?xml version=\"1.0\"?>"
            + "<casClient:proxySuccess xmlns:casClient=\"http://www.yale.edu/tp/casClient\" />";

    private final ProxyGrantingTicketStorage storage = new ProxyGrantingTicketStorageImpl();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong poured = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);

    /** Listens with a certificate; gives the address without a path, as {@code localhost}. */
    public String listen(SSLContext tls) {
        try {
            HttpsServer server = HttpsServer.create(here(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return "https" + start(server);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Listens without TLS. */
    public String listenPlain() {
        try {
            return "http" + start(HttpServer.create(here(), 0));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static InetSocketAddress here() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private String start(HttpServer server) {
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        servers.add(server);
        return "://localhost:" + server.getAddress().getPort();
    }

    @Override
    protected void after() {
        end.countDown();
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            queries.add(query);
            if (path.matches("/[0-9]{3}")) {
                exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
            } else if (path.equals("/elsewhere")) {
                exchange.getResponseHeaders().set("Location", "/followed");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/mute")) {
                end.await(60, TimeUnit.SECONDS);
            } else if (path.equals("/endless")) {
                pour(exchange);
            } else {
                take(exchange, parameters(query));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the other side has had enough. */
    private void pour(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] much = new byte[64 * 1024];
        while (end.getCount() > 0) {
            exchange.getResponseBody().write(much);
            poured.addAndGet(much.length);
        }
    }

    /** How many bytes of endless answers were taken from it. */
    public long poured() {
        return poured.get();
    }

    private void take(HttpExchange exchange, Map<String, String> parameters) throws IOException {
        boolean whole = parameters.containsKey("pgtId") && parameters.containsKey("pgtIou");
        byte[] answer = (whole ? TAKEN : "").getBytes(StandardCharsets.UTF_8);
        if (whole) {
            storage.save(parameters.get("pgtIou"), parameters.get("pgtId"));
        }
        exchange.sendResponseHeaders(200, whole ? answer.length : -1);
        exchange.getResponseBody().write(answer);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String field : query.split("&")) {
            String[] parts = field.split("=", 2);
            parameters.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return parameters;
    }

    /** The tickets that were taken. */
    public ProxyGrantingTicketStorage storage() {
        return storage;
    }

    /** The query of every call, in order. */
    public List<String> queries() {
        return queries;
    }

    /** A parameter of the latest call, undecoded. */
    public String latest(String parameter) {
        return parameters(queries.get(queries.size() - 1)).getOrDefault(parameter, "");
    }
}

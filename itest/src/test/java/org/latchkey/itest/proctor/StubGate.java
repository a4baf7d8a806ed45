package org.latchkey.itest.proctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;

/**
 * Gate, as far as a plugin of Proctor talks to it: {@code api/v1/users/profile}. Any valid token may read any profile, and an
 * inactive one too; only its owner, or an administrator, may update one. It keeps what it was asked.
 */
public final class StubGate extends ExternalResource {

    private static final String PATH = "/api/v1/users/profile";
    private static final long LONGEST_HOLD_SECONDS = 60;

    /** One request, with its query and body as they came. */
    public record Asked(String method, String path, String query, String body, String accept, String authorization) {}

    /** What it does with every request, but for {@link #WORKS}. */
    public enum Manner {
        WORKS,
        /** Answers with 503. */
        FAILS,
        /** Answers with 200 and a page. */
        BABBLES,
        /** Redirects to where the answer would be good. */
        REDIRECTS,
        /** Answers nothing until {@link #reset()}. */
        HOLDS,
        /** Closes the connection. */
        HANGS_UP,
        /** Answers with a profile of a megabyte. */
        POURS
    }

    private record Person(String email, boolean active, boolean admin, List<String> groups) {

        String json() {
            String names = groups.stream()
                    .map(group -> "{\"id\":1,\"name\":\"" + group + "\"}")
                    .collect(Collectors.joining(","));
            return "{\"email\":\"" + email + "\",\"id\":7,\"uid\":\"5007\",\"name\":\"Ada\",\"active\":" + active
                    + ",\"admin\":" + admin + ",\"home_dir\":\"/home/x\",\"shell\":\"/bin/bash\",\"public_key\":null,"
                    + "\"user_login_id\":\"x\",\"product_name\":\"p\",\"groups\":[" + names + "]}";
        }
    }

    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Manner manner = Manner.WORKS;
    private volatile CountDownLatch release = new CountDownLatch(1);

    public StubGate() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    /** Somebody who is active, with these groups. */
    public StubGate with(String email, String token, String... groups) {
        return add(token, new Person(email, true, false, List.of(groups)));
    }

    /** Somebody who was deactivated. */
    public StubGate withInactive(String email, String token, String... groups) {
        return add(token, new Person(email, false, false, List.of(groups)));
    }

    /** Somebody who may update everybody's profile. */
    public StubGate withAdmin(String email, String token) {
        return add(token, new Person(email, true, true, List.of()));
    }

    private StubGate add(String token, Person person) {
        people.put(person.email(), person);
        owners.put(token, person.email());
        return this;
    }

    /** Where it listens: {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on it is like that. */
    public void is(Manner changed) {
        manner = changed;
    }

    /** It works, and has been asked nothing; whoever waits for an answer gets one. */
    public void reset() {
        manner = Manner.WORKS;
        release.countDown();
        release = new CountDownLatch(1);
        asked.clear();
    }

    public List<Asked> asked() {
        return asked;
    }

    @Override
    protected void before() {
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    protected void after() {
        release.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String authorization = header(exchange, "Authorization");
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query,
                    body,
                    header(exchange, "Accept"),
                    authorization));
            switch (manner) {
                case WORKS -> serve(exchange, parameters(query + "&" + body), authorization);
                case FAILS -> answer(exchange, 503, "");
                case BABBLES -> answer(exchange, 200, "<html>Welcome</html>");
                case REDIRECTS -> {
                    exchange.getResponseHeaders().add("Location", "http://" + host() + PATH + "?" + query);
                    answer(exchange, 302, "");
                }
                case HOLDS -> hold();
                case POURS -> answer(exchange, 200, "{\"success\":true,\"x\":\"" + "x".repeat(1 << 20) + "\"}");
                case HANGS_UP -> {}
            }
        }
    }

    private void hold() {
        try {
            release.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, Map<String, String> parameters, String authorization) throws IOException {
        String lastWord = authorization.substring(authorization.lastIndexOf(' ') + 1);
        String token = Stream.of(parameters.get("access_token"), parameters.get("token"), lastWord)
                .filter(each -> each != null && !each.isEmpty())
                .findFirst()
                .orElse("");
        String owner = owners.getOrDefault(token, "");
        String email = parameters.getOrDefault("email", "").toLowerCase(Locale.ROOT);
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            answer(exchange, 404, "");
        } else if (owner.isEmpty()) {
            answer(exchange, 401, "");
        } else if (exchange.getRequestMethod().equals("POST")) {
            boolean may = owner.equals(email) || people.get(owner).admin() && people.containsKey(email);
            answer(exchange, may ? 200 : 401, may ? "{\"success\":true}" : "");
        } else {
            Person person = people.get(email);
            answer(exchange, person == null ? 404 : 200, person == null ? "" : person.json());
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : encoded.split("&")) {
            int end = pair.indexOf('=');
            if (end > 0) {
                parameters.put(
                        pair.substring(0, end), URLDecoder.decode(pair.substring(end + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}

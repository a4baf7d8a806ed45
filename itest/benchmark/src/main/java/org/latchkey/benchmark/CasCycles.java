package org.latchkey.benchmark;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cycles of a CAS server: a service ticket by an existing session, and its p3/serviceValidate. */
public final class CasCycles {

    private static final String SERVICE = URLEncoder.encode("https://portal.example.org/app", StandardCharsets.UTF_8);
    private static final int CLIENTS = 8;

    private final int port;
    private final String secret;

    private CasCycles(int port, String secret) {
        this.port = port;
        this.secret = secret;
    }

    /** Takes the port, root's secret, seconds to measure after as many of warm-up, and what to call it. */
    public static void main(String[] arguments) throws Exception {
        CasCycles cycles = new CasCycles(Integer.parseInt(arguments[0]), arguments[1]);
        cycles.run(Integer.parseInt(arguments[2]), arguments[3]);
    }

    private void run(int seconds, String what) throws Exception {
        createPerson();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(signIn(), seconds));
        }
        clients.forEach(Thread::start);
        for (Client client : clients) {
            client.join();
        }
        long[] nanos = clients.stream()
                .flatMapToLong(client -> client.nanos.stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "CAS cycles, %-10s %d sessions %8.0f/s   p50 %6.3f ms   p99 %6.3f ms   failed %d%n",
                what,
                CLIENTS,
                nanos.length / (double) seconds,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                clients.stream().mapToLong(client -> client.failed).sum());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private void createPerson() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        String token = client.send(
                        request("/api/v1/auth/token")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"id\":\"root\",\"secret\":\"" + secret + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
        client.send(
                request("/api/v1/entities")
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"id\":\"ada\",\"secret\":\"correct horse battery\",\"meta\":{\"display_name\":\"Ada\"}}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The cookie of a new session. */
    private String signIn() throws IOException, InterruptedException {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
        String form = browser.send(request("/cas/login").build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]*)\"").matcher(form);
        if (!token.find()) {
            throw new IOException("no form: " + form);
        }
        browser.send(
                request("/cas/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=ada&password="
                                + URLEncoder.encode("correct horse battery", StandardCharsets.UTF_8) + "&token="
                                + token.group(1)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpCookie session = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().startsWith("TGC-"))
                .findFirst()
                .orElseThrow();
        return session.getName() + "=" + session.getValue();
    }

    private final class Client extends Thread {

        private final String cookie;
        private final int seconds;
        private final List<Long> nanos = new ArrayList<>();
        private long failed;

        Client(String cookie, int seconds) {
            this.cookie = cookie;
            this.seconds = seconds;
        }

        @Override
        public void run() {
            long begin = System.nanoTime();
            long half = begin + TimeUnit.SECONDS.toNanos(seconds);
            long end = half + TimeUnit.SECONDS.toNanos(seconds);
            try (Connection connection = new Connection(port)) {
                for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
                    boolean valid = cycle(connection);
                    if (start >= half) {
                        nanos.add(System.nanoTime() - start);
                        failed += valid ? 0 : 1;
                    }
                }
            } catch (IOException broken) {
                failed++;
            }
        }

        private boolean cycle(Connection connection) throws IOException {
            String location = connection
                    .ask(Connection.visit("/cas/login?service=" + SERVICE, cookie))
                    .location();
            int at = location.indexOf("ticket=");
            if (at < 0) {
                return false;
            }
            String ticket = location.substring(at + "ticket=".length());
            return connection
                    .ask(Connection.visit("/cas/p3/serviceValidate?service=" + SERVICE + "&ticket=" + ticket, "a=b"))
                    .body()
                    .contains("<cas:user>ada</cas:user>");
        }
    }
}

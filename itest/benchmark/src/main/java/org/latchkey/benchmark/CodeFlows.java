package org.latchkey.benchmark;

import java.io.IOException;
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
import java.util.stream.Collectors;

/**
 * Whole logins by the code flow, each in a browser that has never been there: the authorization request, the password, the
 * redirect with the code, and the client that gets tokens for it.
 */
public final class CodeFlows {

    private static final int BROWSERS = 4;
    private static final String REDIRECT = "https://rp.example.org/cb";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String client;
    private final String credentials;

    private CodeFlows(String base, String client, String credentials) {
        this.base = base;
        this.client = client;
        this.credentials = credentials;
    }

    /** Takes the port, a {@code client_id}, its credentials such as {@code Basic abc}, and seconds to measure after as many. */
    public static void main(String[] arguments) throws Exception {
        String base = "http://127.0.0.1:" + arguments[0] + "/oidc";
        new CodeFlows(base, arguments[1], arguments[2]).run(Integer.parseInt(arguments[3]));
    }

    private void run(int seconds) throws InterruptedException {
        long half = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            browsers.add(new Browser(half, half + TimeUnit.SECONDS.toNanos(seconds)));
        }
        browsers.forEach(Thread::start);
        TimeUnit.NANOSECONDS.sleep(half - System.nanoTime());
        ServerTime time = ServerTime.now();
        TimeUnit.SECONDS.sleep(seconds);
        long busy = time.microsSince();
        for (Browser browser : browsers) {
            browser.join();
        }
        long done = browsers.stream().mapToLong(browser -> browser.done).sum();
        long failed = browsers.stream().mapToLong(browser -> browser.failed).sum();
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.1f logins/s   failed %d   processor %6.2f ms each%n",
                "code flow",
                done / (double) seconds,
                failed,
                busy / 1e3 / Math.max(done, 1));
    }

    private final class Browser extends Thread {

        private final long half;
        private final long end;
        private long done;
        private long failed;

        Browser(long half, long end) {
            this.half = half;
            this.end = end;
        }

        @Override
        public void run() {
            try {
                while (System.nanoTime() < end) {
                    boolean good = login();
                    if (System.nanoTime() >= half && System.nanoTime() < end) {
                        done++;
                        failed += good ? 0 : 1;
                    }
                }
            } catch (IOException | InterruptedException broken) {
                failed++;
            }
        }
    }

    private boolean login() throws IOException, InterruptedException {
        HttpResponse<String> page = send(request("/authorize?response_type=code&scope=openid%20profile&client_id="
                        + client + "&redirect_uri=" + encoded(REDIRECT))
                .GET());
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
        HttpResponse<String> redirect = send(form("/login")
                .header("Cookie", cookies)
                .POST(body("username=ada&password=" + encoded("correct horse battery") + "&token="
                        + encoded(hidden(page.body(), "token")) + "&interaction="
                        + encoded(hidden(page.body(), "interaction")))));
        Matcher code = Pattern.compile("[?&]code=([^&]*)")
                .matcher(redirect.headers().firstValue("Location").orElse(""));
        if (!code.find()) {
            return false;
        }
        HttpResponse<String> tokens = send(form("/token")
                .header("Authorization", credentials)
                .POST(body(
                        "grant_type=authorization_code&code=" + code.group(1) + "&redirect_uri=" + encoded(REDIRECT))));
        return tokens.statusCode() == 200 && tokens.body().contains("\"id_token\"");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private HttpRequest.Builder form(String path) {
        return request(path).header("Content-Type", "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.BodyPublisher body(String form) {
        return HttpRequest.BodyPublishers.ofString(form);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String hidden(String page, String name) throws IOException {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        if (!field.find()) {
            throw new IOException("The page has no " + name);
        }
        return field.group(1).replace("&#x3D;", "=");
    }
}

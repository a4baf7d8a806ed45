package org.latchkey.itest.server;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: keeps cookies, fills in the form it was shown, and is asked before it follows anything. */
public final class Browser {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private static final int MOST_REDIRECTS = 10;

    private final String base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /** What was shown. */
    public record Page(int status, String html, String location, HttpResponse<String> response) {

        /** The hidden fields of its form. */
        public Map<String, String> hidden() {
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher matcher = HIDDEN.matcher(html);
            while (matcher.find()) {
                fields.put(matcher.group(1), unescaped(matcher.group(2)));
            }
            return fields;
        }

        /** The value of a parameter in the address it redirects to, empty if there is none. */
        public String redirectParameter(String name) {
            Matcher matcher = Pattern.compile("[?&]" + name + "=([^&#]*)").matcher(location);
            return matcher.find() ? matcher.group(1) : "";
        }

        /** The text that HTML stands for. */
        public static String unescaped(String html) {
            return html.replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&#x3D;", "=")
                    .replace("&#x2F;", "/")
                    .replace("&#x60;", "`")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
        }
    }

    /** @param base the server's address without a path */
    public Browser(String base) {
        this.base = base;
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public Page get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    /** Goes to an address, and wherever that leads to. */
    public Page visit(String url) {
        URI at = URI.create(url);
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            Page page = send(HttpRequest.newBuilder(at).GET());
            if (page.location().isEmpty()) {
                return page;
            }
            at = at.resolve(page.location());
        }
        throw new AssertionError(url + " leads nowhere");
    }

    public Page post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Page send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
            return new Page(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Location").orElse(""),
                    response);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Shows the form of a path and posts it with a name, a password, and further fields. */
    public Page signIn(String path, String name, String password, Map<String, String> more) {
        return submit(get(path), name, password, more);
    }

    /** Posts the form that was shown. */
    public Page submit(Page shown, String name, String password, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.put("username", name);
        form.put("password", password);
        form.putAll(more);
        return post("/cas/login", form);
    }

    /** Signs in for a service and gives the ticket. */
    public String ticket(String service, String name, String password) {
        return signIn("/cas/login?service=" + encoded(service), name, password, Map.of())
                .redirectParameter("ticket");
    }

    /** A ticket for a service by the session that there is. */
    public String ticket(String service) {
        return get("/cas/login?service=" + encoded(service)).redirectParameter("ticket");
    }

    public CookieManager cookies() {
        return cookies;
    }
}

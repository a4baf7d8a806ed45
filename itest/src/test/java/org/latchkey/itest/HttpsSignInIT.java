package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Installation;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.TlsClient;

/** Signing in over HTTPS of the server's own: cookies that no other host and no plain connection can set. */
public class HttpsSignInIT {

    private static final String SECRET = "correct horse battery";
    /** What frames of applications watch the session by; it opens nothing, so scripts and other sites may have it. */
    private static final Pattern STATE_COOKIE =
            Pattern.compile("__Host-latchkey-state=[0-9a-f]{64}; Path=/; SameSite=None; Secure");

    private static final Pattern HOST_COOKIE =
            Pattern.compile("(__Host-[A-Za-z-]+)=([A-Za-z0-9-]+); Path=/; HttpOnly; SameSite=Lax; Secure");
    private static final String SESSION = "__Host-TGC-latchkey";
    private static final String FORM = "__Host-latchkey-form";

    @Rule
    public final Installation installation = new Installation();

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private TlsClient client;
    private Http plain;

    @Before
    public void serve() {
        Server.Answer made = installation.runWords("certgen", "localhost", "127.0.0.1");
        assertThat(made.exitCode()).as(made.err()).isEqualTo(0);
        installation.serve("LATCHKEY_HTTPS_PORT", "0");
        client = new TlsClient(url("https"), installation.home().resolve("etc/tls.crt"));
        plain = new Http(url("http"));
        Http root = plain.signedInAs("root", installation.rootSecret());
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", SECRET))
                        .status())
                .isEqualTo(201);
    }

    private String url(String scheme) {
        Matcher found =
                Pattern.compile("[ ](" + scheme + "://127\\.0\\.0\\.1:[0-9]+)").matcher(installation.output());
        assertThat(found.find()).as(installation.output()).isTrue();
        return found.group(1);
    }

    /** Sends the cookies there are and takes up those that are set, each of which must be as it should. */
    private HttpResponse<String> send(String path, HttpRequest.Builder request) {
        HttpResponse<String> answer = client.send(path, request.header("Cookie", header(cookies)));
        for (String line : answer.headers().allValues("Set-Cookie")) {
            if (STATE_COOKIE.matcher(line).matches()) {
                continue;
            }
            Matcher cookie = HOST_COOKIE.matcher(line);
            assertThat(cookie.matches()).as(line).isTrue();
            cookies.put(cookie.group(1), cookie.group(2));
        }
        return answer;
    }

    private static String header(Map<String, String> cookies) {
        return cookies.isEmpty()
                ? "none=0"
                : cookies.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining("; "));
    }

    private static HttpRequest.Builder form(String page, String password) {
        Map<String, String> fields = new LinkedHashMap<>(new Browser.Page(200, page, "", null).hidden());
        fields.put("username", "ada");
        fields.put("password", password);
        String body = fields.entrySet().stream()
                .map(each -> Browser.encoded(each.getKey()) + "=" + Browser.encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create("https://localhost/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder get() {
        return HttpRequest.newBuilder(URI.create("https://localhost/")).GET();
    }

    @Test
    public void C44_row78_overHttpsBothCookiesAreOfThisHostAlone() {
        HttpResponse<String> page = send("/login", get());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(cookies).containsOnlyKeys(FORM);
        HttpResponse<String> wrong = send("/login", form(page.body(), "wrong"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(cookies).doesNotContainKey(SESSION);
        HttpResponse<String> in = send("/login", form(wrong.body(), SECRET));
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(cookies).containsOnlyKeys(FORM, SESSION);
        assertThat(send("/login", get()).body()).contains("<strong id=\"user\">ada</strong>");
    }

    /** Who can set a cookie without the prefix, such as a neighbour in the domain, has not set one of ours. */
    @Test
    public void C44_L_03_aCookieWithoutThePrefixIsNotOurs() {
        HttpResponse<String> page = send("/login", get());
        send("/login", form(page.body(), SECRET));
        Map<String, String> bare = Map.of("TGC-latchkey", cookies.get(SESSION));
        HttpResponse<String> stranger = client.send("/login", get().header("Cookie", header(bare)));
        assertThat(stranger.body()).contains("id=\"password\"").doesNotContain("id=\"user\"");
        HttpResponse<String> planted =
                client.send("/login", form(page.body(), SECRET).header("Cookie", "latchkey-form=" + cookies.get(FORM)));
        assertThat(planted.statusCode()).isEqualTo(403);
    }

    /** The plain port beside it, for this machine, counts as behind a proxy that speaks TLS. */
    @Test
    public void C44_onThePlainPortNoCookieIsWithoutThePrefix() {
        Http.Answer page = plain.get("/login");
        assertThat(page.response().headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allMatch(line -> HOST_COOKIE.matcher(line).matches());
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Wire;

/** Attack cases A-11 and A-19, and limits: what the server makes of requests that no client sends. */
public class EdgeIT {

    @ClassRule
    public static final Server server = new Server();

    private static final List<String> SECRET_PLACES =
            List.of("/api/v1/entities", "/api/v1/entities/root", "/api/v1/plugins", "/api/v1/system/status");

    private static Wire wire;
    private static String bearer;

    @BeforeClass
    public static void signIn() {
        wire = new Wire(server.port());
        bearer = server.root().token().orElseThrow();
    }

    @Test
    public void a11_noSpellingOfAPathGetsPastTheToken() {
        for (String place : SECRET_PLACES) {
            for (String spelling : spellings(place)) {
                Wire.Answer answer = wire.get(spelling);
                assertThat(answer.status()).as(spelling).isIn(400, 401, 404);
                assertSealed(spelling, answer);
            }
        }
    }

    @Test
    public void a11_withATokenASpellingIsTheCanonicalPathOrRefused() {
        for (String spelling : spellings("/api/v1/entities/root")) {
            Wire.Answer answer = send("GET", spelling, bearer());
            assertThat(answer.status()).as(spelling).isIn(200, 400, 404);
            if (answer.status() == 200) {
                assertThat(answer.body()).as(spelling).contains("\"id\":\"root\"");
            }
        }
    }

    @Test
    public void a11_whatLooksLikeAPublicPathIsNoWayToAnother() {
        for (String target : List.of(
                "/healthz/live/../../api/v1/entities",
                "/healthz/..%2fapi/v1/entities",
                "/healthz/live;/../../api/v1/entities",
                "/api/v1/openapi.json/../entities",
                "/api/v1/openapi.json;/entities",
                "/api/v1/auth/check/%2e%2e/%2e%2e/entities",
                "/.well-known/..;/api/v1/entities",
                "/.well-known/../api/v1/entities")) {
            Wire.Answer answer = wire.get(target);
            assertThat(answer.status()).as(target).isIn(400, 401);
            assertSealed(target, answer);
        }
    }

    @Test
    public void a11_anotherHostInTheTargetChangesNothing() {
        for (String host : List.of("evil.example", "127.0.0.1", "root@evil.example", "evil.example:1")) {
            Wire.Answer answer = wire.get("http://" + host + "/api/v1/entities");
            assertThat(answer.status()).as(host).isIn(400, 401);
            assertSealed(host, answer);
            assertThat(answer.head() + answer.body()).doesNotContain("evil");
        }
        assertThat(wire.get("http://127.0.0.1:" + server.port() + "/healthz/live")
                        .status())
                .isIn(200, 400);
        assertThat(wire.send("GET /api/v1/openapi.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                        .body())
                .doesNotContain("evil");
    }

    @Test
    public void a19_everyAnswerHasTheSecurityHeadersAndTellsNothing() {
        List<String> requests = new ArrayList<>(List.of(
                line("GET", "/healthz/live"),
                line("HEAD", "/healthz/live"),
                line("OPTIONS", "/api/v1/entities"),
                line("GET", "/nothing"),
                line("GET", "/"),
                line("GET", "/api/v1/entities"),
                line("PUT", "/api/v1/openapi.json"),
                line("TRACE", "/api/v1/entities"),
                line("BREW", "/api/v1/entities"),
                line("GET", "/%"),
                line("GET", "/a%00b"),
                line("GET", "/<script>alert(1)</script>"),
                "GET / HTTP/9.9\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nbro ken: x\r\n\r\n",
                "POST /api/v1/auth/check HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"));
        for (String request : requests) {
            assertSealed(request, wire.send(request));
        }
    }

    @Test
    public void a12_whatTwoProgramsCouldReadInTwoWaysIsRefused() {
        String post = "POST /api/v1/auth/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
        for (String rest : List.of(
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: -2\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n{}\r\n0\r\n\r\n")) {
            Wire.Answer answer =
                    wire.send(post + rest + "GET /healthz/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).as(rest).isIn(400, 501);
            assertThat(answer.body()).as(rest).doesNotContain("\"live\":true");
            assertSealed(rest, answer);
        }
    }

    @Test
    public void headersLinesAndBodiesHaveLimits() {
        Wire.Answer header = send("GET", "/healthz/live", "X-Long: " + "x".repeat(20_000) + "\r\n");
        assertThat(header.status()).isEqualTo(431);
        assertSealed("a long header", header);
        Wire.Answer many = send("GET", "/healthz/live", "X-Many: some value\r\n".repeat(1200));
        assertThat(many.status()).isEqualTo(431);
        assertSealed("many headers", many);
        Wire.Answer target = wire.get("/" + "x".repeat(20_000));
        assertThat(target.status()).isEqualTo(414);
        assertSealed("a long target", target);
        Wire.Answer body = announced(1L << 40);
        assertThat(body.status()).isEqualTo(413);
        assertSealed("a long body", body);
        Wire.Answer chunked = wire.send("POST /api/v1/auth/check HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("4000\r\n" + " ".repeat(0x4000) + "\r\n").repeat(8) + "0\r\n\r\n");
        assertThat(chunked.status()).isEqualTo(413);
        assertSealed("a long chunked body", chunked);
        assertThat(server.http().get("/healthz/ready").status()).isEqualTo(200);
    }

    /** Else a client sends its next request on a connection that is gone (RFC 9112, 9.6). */
    @Test
    public void anAnswerAfterWhichTheConnectionEndsSaysSo() {
        for (String target : List.of("/api/v1/plugins", "/api/v1/auth/check", "/nothing")) {
            Wire.Answer answer = wire.send(
                    "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n",
                    "{}",
                    line("GET", "/healthz/live"));
            assertThat(answer.status()).isIn(401, 404, 415);
            boolean said = answer.header("Connection").equals("close");
            assertThat(said || answer.body().contains("\"live\":true"))
                    .as(target)
                    .isTrue();
        }
    }

    private static Wire.Answer announced(long length) {
        return send(
                "POST", "/api/v1/auth/check", "Content-Type: application/json\r\nContent-Length: " + length + "\r\n");
    }

    private static List<String> spellings(String path) {
        List<String> spellings = new ArrayList<>();
        for (int slash = 0; slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String before = path.substring(0, slash);
            String after = path.substring(slash + 1);
            for (String separator : List.of(
                    "//",
                    "/./",
                    "/x/../",
                    ";x=y/",
                    "/;x=y/",
                    "%2f",
                    "%2F",
                    "/%2f",
                    "%5c",
                    "\\",
                    "/%00/",
                    "%00/",
                    "/%2e/",
                    "/x/%2e%2e/",
                    "/.;/",
                    "/x/..;/",
                    "%c0%af",
                    "%e0%80%af",
                    "%252f",
                    "/%c0%ae/",
                    "/\t/",
                    "/%0d%0a/",
                    "%")) {
                spellings.add((before.isEmpty() && !separator.startsWith("/") ? "/" : "") + before + separator + after);
            }
        }
        for (String end : List.of(
                "/", "//", "/.", "/..", ";", ";x=y", "%00", "%20", "%2f", "?", "#", "#@evil", "%c1%81", "%ff",
                "%u0041")) {
            spellings.add(path + end);
        }
        spellings.add(path.replace("api", "%61pi"));
        spellings.add(path.replace("api", "API"));
        spellings.add(path.replace("api", "%c1%a1pi"));
        spellings.add(path.replace("v1", "v%31"));
        spellings.add("/.." + path);
        spellings.add(path.substring(1));
        return spellings;
    }

    private static String bearer() {
        return "Authorization: Bearer " + bearer + "\r\n";
    }

    private static Wire.Answer send(String method, String target, String headers) {
        return wire.send(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                + "\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static String line(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    }

    /** The headers that no answer lacks; and neither the inside of the server nor the input comes out. */
    private static void assertSealed(String request, Wire.Answer answer) {
        Map<String, String> headers = Map.of(
                "X-Content-Type-Options", "nosniff",
                "X-Frame-Options", "DENY",
                "Referrer-Policy", "no-referrer",
                "Cross-Origin-Opener-Policy", "same-origin",
                "Cache-Control", "no-store",
                "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.forEach((name, value) -> assertThat(answer.header(name))
                .as(name + " after " + start(request))
                .isEqualTo(value));
        assertThat(answer.header("X-Request-Id")).as(start(request)).isNotEmpty();
        assertThat(answer.header("Server") + answer.header("X-Powered-By")).isEmpty();
        String all = answer.head() + answer.body();
        assertThat(all)
                .as(start(request))
                .doesNotContainIgnoringCase("jetty")
                .doesNotContain(
                        "java.",
                        "jakarta.",
                        "org.",
                        "\tat ",
                        "Exception",
                        server.data().getParent().toString());
        if (answer.status() >= 400 && !request.startsWith("HEAD")) {
            assertThat(answer.header("Content-Type")).as(start(request)).isEqualTo("application/problem+json");
            assertThat(answer.body()).as(start(request)).contains("\"status\":" + answer.status(), "request_id");
            assertThat(answer.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(1024);
        }
    }

    private static String start(String request) {
        return request.substring(0, Math.min(100, request.length()));
    }
}

package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.web.TestServer.Reply;

public class SecurityHeadersTest {

    private TestServer server;

    @Before
    public void start() throws Exception {
        server = new TestServer("https://id.example");
    }

    @After
    public void stop() throws Exception {
        server.close();
    }

    private static void assertProtected(Reply reply) {
        assertThat(reply.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(reply.header("X-Request-Id")).matches("[a-z2-7]{16}");
        assertThat(reply.header("Server")).isEmpty();
        assertThat(reply.text()).doesNotContainIgnoringCase("jetty");
    }

    @Test
    public void a19_everyAnswerHasThem() throws IOException {
        server.points.endpoints.core("api", request -> Response.empty(204));
        server.points.endpoints.plugin("p", "p", request -> {
            throw new IllegalStateException("x");
        });
        assertProtected(server.send("GET", "/api"));
        assertProtected(server.send("POST", "/api"));
        assertProtected(server.send("GET", "/p"));
        assertProtected(server.send("GET", "/nowhere"));
        assertProtected(server.send("FOO", "/api"));
        assertProtected(server.send("GET", "//api"));
        assertProtected(server.raw("GET /api HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"));
        assertProtected(server.raw("nonsense\r\n\r\n"));
    }

    @Test
    public void a19_aPluginCannotTakeThemOff() throws IOException {
        server.points.endpoints.plugin("p", "p", request -> Response.text(200, "x")
                .withHeader("x-frame-options", "ALLOWALL")
                .withHeader("X-Content-Type-Options", "")
                .withHeader("REFERRER-POLICY", "unsafe-url")
                .withHeader("cross-origin-opener-policy", "unsafe-none")
                .withHeader("strict-transport-security", "max-age=0")
                .withHeader("server", "Jetty")
                .withHeader("x-request-id", "mine")
                .withHeader("content-security-policy", "default-src *"));
        Reply reply = server.send("GET", "/p");
        assertProtected(reply);
        assertThat(reply.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; frame-ancestors 'none' | default-src *");
    }

    @Test
    public void pagesMayLoadWhatComesFromHere() throws IOException {
        server.points.endpoints.plugin(
                "p", "p", request -> Response.of(200, "text/html;charset=utf-8", "<p>".getBytes()));
        assertThat(server.send("GET", "/p").header("Content-Security-Policy")).startsWith("default-src 'self'");
    }

    @Test
    public void aPageSaysWhereItsFormsGoAndItsImagesComeFromAndNothingElse() throws IOException {
        server.points.endpoints.plugin("p", "p", request -> Response.of(200, "text/html", "<p>".getBytes())
                .withHeader(
                        "Content-Security-Policy",
                        "default-src *; img-src 'self' https://app.example; form-action https://app.example"));
        String policy = server.send("GET", "/p").header("Content-Security-Policy");
        assertThat(policy.substring(0, policy.indexOf(" | ")))
                .isEqualTo("default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
                        + "; img-src 'self' https://app.example");
    }

    @Test
    public void aPageSaysWhereItsFramesComeFrom() throws IOException {
        server.points.endpoints.plugin("p", "p", request -> Response.of(200, "text/html", "<p>".getBytes())
                .withHeader("Content-Security-Policy", "frame-src https://app.example; frame-ancestors *"));
        String policy = server.send("GET", "/p").header("Content-Security-Policy");
        assertThat(policy.substring(0, policy.indexOf(" | ")))
                .isEqualTo("default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
                        + "; frame-src https://app.example; form-action 'self'");
    }

    @Test
    public void a19_onlyAPageThatIsMeantForItIsShownInFrames() throws IOException {
        server.points.endpoints.plugin("p", "p", request -> Response.of(200, "text/html", "<p>".getBytes())
                .framedBy("https://app.example")
                .framedBy("https://[2001:db8::1]:8443")
                .withHeader("X-Frame-Options", "DENY"));
        Reply reply = server.send("GET", "/p");
        assertThat(reply.header("Content-Security-Policy"))
                .contains("frame-ancestors https://app.example https://[2001:db8::1]:8443;");
        assertThat(reply.header("X-Frame-Options")).isEmpty();
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    public void a19_whatIsNoPageIsInNoFrame() throws IOException {
        server.points.endpoints.plugin(
                "p", "p", request -> Response.text(200, "x").framedBy("*"));
        assertProtected(server.send("GET", "/p"));
    }

    @Test
    public void aPageThatSaysNothingLoadsImagesFromHereAndPostsToHere() throws IOException {
        server.points.endpoints.plugin("p", "p", request -> Response.of(200, "text/html", "<p>".getBytes())
                .withHeader("Content-Security-Policy", "img-src-x *, img-src *"));
        String policy = server.send("GET", "/p").header("Content-Security-Policy");
        assertThat(policy.substring(0, policy.indexOf(" | ")))
                .isEqualTo("default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
                        + "; form-action 'self'");
    }

    @Test
    public void a20_nothingIsStoredUnlessTheEndpointSaysSo() throws IOException {
        server.points.endpoints.core("api", request -> Response.text(200, "x"));
        server.points.endpoints.core(
                "assets", request -> Response.text(200, "x").withHeader("cache-control", "max-age=300"));
        assertThat(server.send("GET", "/api").header("Cache-Control")).isEqualTo("no-store");
        assertThat(server.send("GET", "/assets").header("Cache-Control")).isEqualTo("max-age=300");
    }

    @Test
    public void withoutHttpsThereIsNoPromiseOfIt() throws Exception {
        try (TestServer plain = new TestServer("http://localhost:8080")) {
            assertThat(plain.send("GET", "/x").header("Strict-Transport-Security"))
                    .isEmpty();
        }
    }

    @Test
    public void whatCameOverTlsGetsThePromiseWhateverThePublicUrl() {
        SecurityHeaders plain = new SecurityHeaders("http://id.example");
        assertThat(names(plain.over("http"))).doesNotContain("Strict-Transport-Security");
        assertThat(names(plain.over("https"))).contains("Strict-Transport-Security");
        assertThat(names(new SecurityHeaders("https://id.example").over("http")))
                .as("behind a proxy that speaks TLS")
                .contains("Strict-Transport-Security");
    }

    private static List<String> names(SecurityHeaders security) {
        List<String> names = new ArrayList<>();
        security.forEach("text/plain", List.of(), "id", (name, value) -> names.add(name));
        return names;
    }
}

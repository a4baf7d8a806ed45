package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Theme;
import org.latchkey.api.http.Response;
import org.latchkey.web.TestServer.Reply;

/** Row 85: errors as pages for browsers, as documents for programs. */
public class ErrorFormTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    private TestServer server;

    @Before
    public void start() throws Exception {
        server = new TestServer("");
        server.points.endpoints.core("app", request -> switch (request.path()) {
            case "/none" -> Response.empty(404);
            case "/not-allowed" -> Response.empty(405).withHeader("Allow", "GET, HEAD");
            case "/broken" -> throw new IllegalStateException("the password is hunter2");
            case "/away" -> throw Refusal.of(Refusal.Kind.UNAVAILABLE, "starting", "Not yet.");
            case "/own" -> Response.of(400, "application/json", "{}".getBytes());
            default -> Response.text(200, "ok");
        });
        server.points.endpoints.core("api", request -> Response.empty(404));
    }

    @After
    public void stop() throws IOException {
        server.close();
    }

    private Reply ask(String method, String path, String accept) throws IOException {
        return server.raw(
                method + " " + path + " HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    public void row85_aBrowserGetsAPageWithTheSameStatus() throws IOException {
        String[][] cases = {
            {"/nowhere/x", "404"},
            {"/app/none", "404"},
            {"/app/not-allowed", "405"},
            {"/app/broken", "500"},
            {"/app/away", "503"}
        };
        for (String[] each : cases) {
            Reply page = ask("GET", each[0], BROWSER);
            assertThat(page.status()).as(each[0]).isEqualTo(Integer.parseInt(each[1]));
            assertThat(page.header("Content-Type")).as(each[0]).isEqualTo("text/html;charset=utf-8");
            assertThat(page.header("Vary")).as(each[0]).isEqualTo("Accept");
            assertThat(page.header("Content-Security-Policy")).as(each[0]).contains("'nonce-", "default-src 'none'");
            assertThat(page.body()).as(each[0]).contains("id=\"error\"", page.header("X-Request-Id"));
            assertThat(page.text()).as(each[0]).doesNotContain("hunter2", "Exception", "jetty");
            Reply document = ask("GET", each[0], "*/*");
            assertThat(document.status()).as(each[0]).isEqualTo(page.status());
            assertThat(document.header("Content-Type")).as(each[0]).isEqualTo("application/problem+json");
            assertThat(document.header("Vary")).as(each[0]).isEqualTo("Accept");
            assertThat(page.header("Retry-After")).as(each[0]).isEqualTo(document.header("Retry-After"));
        }
        assertThat(ask("GET", "/app/not-allowed", BROWSER).header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    public void row85_routesForProgramsAnswerWithDocumentsWhoeverAsks() throws IOException {
        for (String path : new String[] {"/api/v1/x", "/healthz/ready", "/metrics", "/.well-known/x"}) {
            Reply reply = ask("GET", path, BROWSER);
            assertThat(reply.status()).as(path).isGreaterThanOrEqualTo(400);
            assertThat(reply.header("Content-Type")).as(path).isEqualTo("application/problem+json");
            assertThat(reply.header("Vary")).as(path).isEmpty();
        }
        assertThat(ask("GET", "/app/own", BROWSER).body()).isEqualTo("{}");
    }

    @Test
    public void row85_headIsThePageWithoutItsBody() throws IOException {
        Reply head = ask("HEAD", "/nowhere", BROWSER);
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.header("Content-Type")).startsWith("text/html");
        assertThat(Integer.parseInt(head.header("Content-Length"))).isPositive();
        assertThat(head.body()).isEmpty();
    }

    @Test
    public void row85_nothingOfTheRequestIsOnThePage() throws IOException {
        Reply page = ask("GET", "/%3Cscript%3Ealert(1)%3C/script%3E?q=%3Cb%3Ereflected", BROWSER);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).doesNotContain("alert(1)", "reflected");
    }

    @Test
    public void row85_theThemeHasItsSayAndABrokenOneHasNot() throws IOException {
        server.points.others.add(Theme.class, theme("{{>head}}<h1>Campus {{status}}</h1>{{message}}{{>foot}}"));
        assertThat(ask("GET", "/nowhere", BROWSER).body())
                .contains("<h1>Campus 404</h1>There is nothing at this address.");
        server.points.others.clear(Theme.class);
        server.points.others.add(Theme.class, theme("{{{status}}}"));
        assertThat(ask("GET", "/nowhere", BROWSER).body()).contains("id=\"error\"");
    }

    private static Theme theme(String template) {
        return new Theme() {
            @Override
            public Optional<String> template(String page) {
                return page.equals("error") ? Optional.of(template) : Optional.empty();
            }
        };
    }
}

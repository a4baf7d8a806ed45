package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.web.TestServer.Reply;

public class EdgeErrorsTest {

    private TestServer server;

    @Before
    public void start() throws Exception {
        server = new TestServer("http://localhost");
        server.points.endpoints.core("api", request -> Response.text(200, request.path()));
    }

    @After
    public void stop() throws Exception {
        server.close();
    }

    private static void assertProblem(Reply reply, int status, String about) {
        assertThat(reply.status()).as(about).isEqualTo(status);
        assertThat(reply.header("Content-Type")).as(about).isEqualTo("application/problem+json");
        assertThat(reply.body()).as(about).contains("\"status\":" + status, "\"request_id\":");
    }

    @Test
    public void a11_ambiguousPathsNeverReachAnEndpoint() throws IOException {
        String[] paths = {
            "//api",
            "/api//x",
            "/api/./x",
            "/api/../x",
            "/api;x=y",
            "/api/a;x=y",
            "/api/a%2fb",
            "/api/a%5cb",
            "/api/a%00b",
            "/api/%c0%af",
            "/api/%e4",
            "/api/a\\b",
            "/api/%2e%2e/x",
            "/api/.%2e",
            "/api/%u0041",
            "/api/%zz",
            "*",
            "api/x",
            "http://evil/api",
            "http://evil@x/api"
        };
        for (String path : paths) {
            assertProblem(server.send("GET", path), 400, path);
        }
    }

    @Test
    public void a11_anotherSpellingOfAPathIsTheSamePath() throws IOException {
        assertThat(server.send("GET", "/%61pi/%78").body()).isEqualTo("/x");
        assertThat(server.send("GET", "/api/x#y").body()).isEqualTo("/x");
        assertThat(server.send("GET", "http://x/api/x").body()).isEqualTo("/x");
    }

    @Test
    public void a12_whatTwoProgramsMayReadInTwoWaysIsRefused() throws IOException {
        Map<String, Integer> requests = new LinkedHashMap<>();
        requests.put("POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400);
        requests.put("POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", 400);
        requests.put(
                "POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400);
        requests.put("GET /api HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400);
        requests.put("GET /api HTTP/1.1\r\n\r\n", 400);
        requests.put("GET /api HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n", 400);
        requests.put("GET /api HTTP/9.9\r\nHost: x\r\n\r\n", 505);
        requests.put("GET /api HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(100_000) + "\r\n\r\n", 431);
        requests.put("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414);
        for (Map.Entry<String, Integer> request : requests.entrySet()) {
            String about =
                    request.getKey().substring(0, Math.min(90, request.getKey().length()));
            assertProblem(server.raw(request.getKey()), request.getValue(), about);
        }
    }
}

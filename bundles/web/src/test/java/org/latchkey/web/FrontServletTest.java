package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Link;
import org.latchkey.web.TestServer.Reply;

public class FrontServletTest {

    private TestServer server;
    private FakeEndpoints endpoints;

    @Before
    public void start() throws Exception {
        server = new TestServer("http://localhost");
        endpoints = server.points.endpoints;
    }

    @After
    public void stop() throws Exception {
        server.close();
    }

    @Test
    public void theEndpointOfTheMountAnswers() throws IOException {
        endpoints.core(
                "api",
                request -> Response.text(
                        200,
                        request.method() + " " + request.path() + " " + request.query("q") + " " + request.address()));
        assertThat(server.send("GET", "/api/v1/x?q=a%20b&q=c").body()).isEqualTo("GET /v1/x [a b, c] 127.0.0.1");
        assertThat(server.send("DELETE", "/api").body()).isEqualTo("DELETE / [] 127.0.0.1");
    }

    @Test
    public void headIsGetWithoutTheBody() throws IOException {
        endpoints.core("api", request -> Response.text(200, request.method()));
        Reply reply = server.send("HEAD", "/api");
        assertThat(reply.header("Content-Length")).isEqualTo("3");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    public void anUnknownMountIsNotFound() throws IOException {
        Reply reply = server.send("GET", "/nowhere/x");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body()).contains("\"code\":\"not-found\"");
    }

    @Test
    public void anUnknownMethodIsNotAllowed() throws IOException {
        endpoints.core("api", request -> Response.empty(204));
        for (String method : new String[] {"TRACE", "FOO", "PROPFIND"}) {
            Reply reply = server.send(method, "/api");
            assertThat(reply.status()).as(method).isEqualTo(405);
            assertThat(reply.header("Allow")).as(method).contains("GET", "PATCH");
        }
    }

    @Test
    public void theRequestIdIsOursAndNotTheClients() throws IOException {
        endpoints.core("api", request -> Response.text(200, request.id()));
        Reply reply = server.raw("GET /api HTTP/1.1\r\nHost: x\r\nX-Request-Id: chosen\r\nConnection: close\r\n\r\n");
        assertThat(reply.body()).matches("[a-z2-7]{16}");
        assertThat(reply.header("X-Request-Id")).isEqualTo(reply.body());
    }

    @Test
    public void l13_whatAProxyHeaderClaimsIsNotBelieved() throws IOException {
        endpoints.core("api", request -> Response.text(200, request.address()));
        Reply reply = server.raw("GET /api HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.1\r\n"
                + "Forwarded: for=10.0.0.1\r\nConnection: close\r\n\r\n");
        assertThat(reply.body()).isEqualTo("127.0.0.1");
    }

    @Test
    public void aSecondHeaderOfTheSameNameCannotHide() throws IOException {
        endpoints.core(
                "api",
                request -> Response.text(200, request.header("authorization").orElse("none")));
        Reply reply = server.raw("GET /api HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\n"
                + "Authorization: Bearer b\r\nConnection: close\r\n\r\n");
        assertThat(reply.body()).isEqualTo("Bearer a, Bearer b");
        assertThat(server.send("GET", "/api").body()).isEqualTo("none");
    }

    @Test
    public void whatTheCoreServesIsUnavailableUntilItIsThere() throws IOException {
        for (String path : new String[] {"/api/v1/entities", "/healthz/ready", "/.well-known/jwks.json"}) {
            assertThat(server.send("GET", path).status()).as(path).isEqualTo(503);
        }
        assertThat(server.send("GET", "/api").header("Retry-After")).isNotEmpty();
        assertThat(server.send("GET", "/other").status()).isEqualTo(404);
    }

    @Test
    public void aRefusalIsAProblem() throws IOException {
        endpoints.core("api", request -> {
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated", "No.");
        });
        Reply reply = server.send("POST", "/api");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(reply.body())
                .contains(
                        "\"type\":\"urn:latchkey:unauthenticated\"",
                        "\"request_id\":\"" + reply.header("X-Request-Id"));
    }

    @Test
    public void aBareErrorStatusBecomesAProblem() throws IOException {
        endpoints.core(
                "api", request -> Response.of(405, "text/html", new byte[0]).withHeader("Allow", "GET"));
        Reply reply = server.send("POST", "/api");
        assertThat(reply.header("Allow")).isEqualTo("GET");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body()).contains("\"code\":\"method-not-allowed\"");
    }

    @Test
    public void aFaultOfThePluginIs500AndTellsNothing() throws IOException {
        Endpoint[] faulty = {
            request -> {
                throw new IllegalStateException("the password is hunter2");
            },
            request -> {
                throw new IOException("/var/lib/secret");
            },
            request -> null,
            request -> Response.empty(42),
            request -> Response.empty(302).withHeader("Location", "/\r\nSet-Cookie: a=b"),
        };
        for (Endpoint each : faulty) {
            Link<Endpoint> link = endpoints.plugin("p", "p", each);
            Reply reply = server.send("GET", "/p");
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text()).doesNotContain("hunter2", "/var/lib", "Set-Cookie", "Exception", "jetty");
            endpoints.remove(link);
        }
    }

    @Test
    public void anErrorStillEndsTheRequest() throws IOException {
        endpoints.plugin("p", "p", request -> {
            throw new StackOverflowError();
        });
        endpoints.core("api", request -> {
            throw new StackOverflowError();
        });
        for (String path : new String[] {"/p", "/api"}) {
            Reply reply = server.send("GET", path);
            assertThat(reply.status()).as(path).isEqualTo(500);
            assertThat(reply.header("Content-Type")).as(path).isEqualTo("application/problem+json");
        }
    }

    @Test
    public void aBodyOverTheLimitIsTooLarge() throws IOException {
        endpoints.core(
                "api", request -> Response.text(200, "got " + request.body(10).readAllBytes().length));
        assertThat(server.send("POST", "/api", "X: y", "0123456789").body()).isEqualTo("got 10");
        assertThat(server.send("POST", "/api", "X: y", "01234567890").status()).isEqualTo(413);
        String chunked = "POST /api HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(server.raw(chunked + "b\r\n01234567890\r\n0\r\n\r\n").status())
                .isEqualTo(413);
        assertThat(server.raw(chunked + "zz\r\n").status()).isEqualTo(400);
    }

    @Test
    public void inFlightRequestsFinishOnTheRevisionTheyEntered() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Link<Endpoint> old = endpoints.plugin("p", "p", request -> {
            inside.countDown();
            await(go);
            return Response.text(200, "old");
        });
        CompletableFuture<Reply> inFlight = CompletableFuture.supplyAsync(() -> get("/p"));
        await(inside);
        endpoints.replace(old, endpoints.plugin("p", "p", request -> Response.text(200, "new")));
        assertThat(get("/p").body()).isEqualTo("new");
        assertThat(endpoints.held.get()).isPositive();
        go.countDown();
        assertThat(inFlight.get(10, TimeUnit.SECONDS).body()).isEqualTo("old");
    }

    @Test
    public void p15_aStuckPluginIsAnsweredForAndItsLateAnswerDropped() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        endpoints.plugin("p", "p", request -> {
            inside.countDown();
            await(go);
            return Response.text(200, "late");
        });
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> get("/p"));
        await(inside);
        server.points.wayOut.pop().run();
        go.countDown();
        Reply reply = waiting.get(10, TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(reply.body()).contains("\"code\":\"plugin-unavailable\"").doesNotContain("late");
    }

    @Test
    public void whoIsAnsweredInTimeIsNotAnsweredTwice() throws IOException {
        Runnable[] way = new Runnable[1];
        endpoints.core("api", request -> {
            way[0] = server.points.wayOut.peek();
            return Response.text(200, "in time");
        });
        assertThat(server.send("POST", "/api").body()).isEqualTo("in time");
        way[0].run();
        assertThat(server.send("POST", "/api").body()).isEqualTo("in time");
    }

    @Test
    public void everyRequestHasAWayOut() throws IOException {
        Endpoint watched = request -> Response.text(200, server.points.wayOut.isEmpty() ? "none" : "one");
        endpoints.core("api", watched);
        endpoints.plugin("p", "p", watched);
        for (String request : new String[] {"GET /api", "POST /api", "GET /p"}) {
            awaitNoWayOut();
            String[] words = request.split(" ");
            assertThat(server.send(words[0], words[1]).body()).as(request).isEqualTo("one");
        }
        awaitNoWayOut();
    }

    /** A client may have its answer before the server's thread is done with it. */
    private void awaitNoWayOut() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!server.points.wayOut.isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(server.points.wayOut).isEmpty();
    }

    private Reply get(String path) {
        try {
            return server.send("GET", path);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.web.RawClients.await;
import static org.latchkey.web.RawClients.readUntil;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Feed;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Link;
import org.latchkey.web.TestServer.Reply;

public class FedAnswerTest {

    private static final String EVENTS = "text/event-stream";
    private static final String GET = "GET /p HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int FOLLOWERS = 200;

    private final FakeFeed feed = new FakeFeed();
    private final RawClients clients = new RawClients();
    private TestServer server;
    private Link<Endpoint> link;

    @Before
    public void start() throws Exception {
        server = new TestServer("http://localhost");
        link = server.points.endpoints.plugin("p", "p", request -> Response.fed(200, EVENTS, feed));
    }

    @After
    public void stop() throws Exception {
        clients.close();
        server.close();
    }

    private Socket open(String request) throws IOException {
        return clients.open(server.port(), request);
    }

    @Test
    public void theHeadComesBeforeThereIsAnythingToTell() throws Exception {
        String head = readUntil(open(GET), "\r\n\r\n");
        assertThat(head).contains("200 OK", "Content-Type: text/event-stream", "Cache-Control: no-store");
        assertThat(head).contains("X-Request-Id", "Transfer-Encoding: chunked").doesNotContain("Content-Length");
    }

    @Test
    public void whatIsWokenIsToldAndTheEndEndsTheAnswer() throws Exception {
        Socket socket = open(GET);
        readUntil(socket, "\r\n\r\n");
        feed.tell("data: one\n\n").wake();
        readUntil(socket, "data: one\n\n");
        feed.tell("data: two\n\n", "data: \u00e4\n\n").end("done").wake();
        String rest = readUntil(socket, "0\r\n\r\n");
        assertThat(rest).contains("data: two", "data: \u00c3\u00a4");
        assertThat(feed.isClosedSoon()).isTrue();
        assertThat(feed.closed).hasValue(1);
        socket.getOutputStream().write("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(readUntil(socket, "\r\n\r\n")).contains("404");
    }

    @Test
    public void aFeedThatIsWokenWhileItIsAskedIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.points.endpoints.plugin(
                "q",
                "q",
                request -> Response.fed(200, "text/plain", new Feed() {
                    private Runnable waker;

                    @Override
                    public void wakeBy(Runnable told) {
                        waker = told;
                    }

                    @Override
                    public Next next() {
                        waker.run();
                        return asked.incrementAndGet() < 1000 ? new Pause() : new End("");
                    }

                    @Override
                    public void close() {}
                }));
        assertThat(server.send("GET", "/q").status()).isEqualTo(200);
        assertThat(asked).hasValue(1000);
    }

    @Test
    public void tenMillionBytesGoThroughAsFastAsTheClientTakesThem() throws Exception {
        for (int i = 0; i < 1000; i++) {
            feed.tell("x".repeat(10_000));
        }
        Socket socket = open(GET);
        readUntil(socket, "\r\n\r\n");
        await(() -> feed.told.get() > 10);
        Thread.sleep(300);
        assertThat(feed.told.get()).as("asked no faster than the client reads").isLessThan(1000);
        feed.end("");
        long got = 0;
        byte[] bytes = new byte[8192];
        while (got < 10_000_000) {
            int length = socket.getInputStream().read(bytes);
            assertThat(length).isNotNegative();
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            got += text.chars().filter(each -> each == 'x').count();
        }
        assertThat(feed.isClosedSoon()).isTrue();
    }

    @Test
    public void whileNothingIsToldThereIsASignOfLifeAndAClientThatIsGoneIsNoticed() throws Exception {
        Socket socket = open(GET);
        readUntil(socket, ":\n\n");
        readUntil(socket, ":\n\n");
        socket.setSoLinger(true, 0);
        socket.close();
        assertThat(feed.isClosedSoon()).isTrue();
        assertThat(feed.closed).hasValue(1);
        assertThat(server.feeds.open()).isZero();
    }

    @Test
    public void noSignOfLifeStandsInTheMiddleOfAnEvent() throws Exception {
        Socket socket = open(GET);
        readUntil(socket, "\r\n\r\n");
        feed.tell("data: a").wake();
        readUntil(socket, "data: a");
        Thread.sleep(2500);
        feed.tell("b\n\n").end("").wake();
        assertThat(readUntil(socket, "0\r\n\r\n")).doesNotContain(":\n\n");
    }

    @Test
    public void headHasTheHeadAloneAndTheFeedIsClosed() throws Exception {
        Reply reply = server.send("HEAD", "/p");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo(EVENTS);
        assertThat(feed.isClosedSoon()).isTrue();
        assertThat(feed.told).hasValue(0);
        assertThat(feed.closed).hasValue(1);
    }

    @Test
    public void aPluginThatIsReplacedEndsItsFeedsAndWhoComesAgainFindsTheNext() throws Exception {
        Socket socket = open(GET);
        readUntil(socket, "\r\n\r\n");
        FakeFeed other = new FakeFeed().tell("data: next\n\n");
        server.points.endpoints.replace(
                link, server.points.endpoints.plugin("p", "p", request -> Response.fed(200, EVENTS, other)));
        readUntil(socket, "0\r\n\r\n");
        assertThat(feed.isClosedSoon()).isTrue();
        assertThat(server.points.endpoints.held.get()).isZero();
        readUntil(open(GET), "data: next");
        assertThat(other.closed).hasValue(0);
    }

    @Test
    public void aFeedInAnAnswerThatCannotBeSentIsClosed() throws Exception {
        server.points.endpoints.plugin("q", "q", request -> Response.fed(204, EVENTS, feed));
        assertThat(server.send("GET", "/q").status()).isEqualTo(500);
        assertThat(feed.isClosedSoon()).isTrue();
        assertThat(feed.closed).hasValue(1);
    }

    @Test
    public void moreThanMayAreUnavailableAndThoseWhoAreThereStay() throws Exception {
        server.close();
        server = new TestServer("http://localhost", 1);
        server.points.endpoints.plugin("p", "p", request -> Response.fed(200, EVENTS, feed));
        FakeFeed other = new FakeFeed();
        server.points.endpoints.plugin("q", "q", request -> Response.fed(200, EVENTS, other));
        Socket socket = open(GET);
        readUntil(socket, "\r\n\r\n");
        Reply refused = server.send("GET", "/q");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(other.isClosedSoon(1)).isTrue();
        feed.tell("data: still\n\n").wake();
        readUntil(socket, "data: still\n\n");
    }

    @Test
    public void theServerThatStopsEndsThemAll() throws Exception {
        Socket socket = open(GET);
        readUntil(socket, "\r\n\r\n");
        server.feeds.stop();
        readUntil(socket, "0\r\n\r\n");
        assertThat(feed.closed).hasValue(1);
        assertThat(server.send("GET", "/p").status()).isEqualTo(503);
        assertThat(feed.isClosedSoon(2)).isTrue();
    }

    @Test
    public void twoHundredFollowersNeedNoThreadsOfTheirOwn() throws Exception {
        List<FakeFeed> feeds = new ArrayList<>();
        server.points.endpoints.plugin("q", "q", request -> {
            FakeFeed one = new FakeFeed();
            synchronized (feeds) {
                feeds.add(one);
            }
            return Response.fed(200, EVENTS, one);
        });
        readUntil(open(GET), "\r\n\r\n");
        int before = Thread.activeCount();
        List<Socket> all = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            Socket socket = open(GET.replace("/p", "/q"));
            readUntil(socket, "\r\n\r\n");
            all.add(socket);
        }
        assertThat(server.feeds.open()).isEqualTo(FOLLOWERS + 1);
        assertThat(Thread.activeCount() - before).isLessThan(20);
        for (FakeFeed each : List.copyOf(feeds)) {
            each.tell("data: all\n\n").end("").wake();
        }
        for (Socket each : all) {
            readUntil(each, "data: all");
        }
        await(() -> server.feeds.open() == 1);
        for (FakeFeed each : feeds) {
            assertThat(each.isClosedSoon()).isTrue();
            assertThat(each.closed).hasValue(1);
        }
    }
}

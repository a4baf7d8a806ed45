package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Feed;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.web.TestServer.Reply;

public class FedAnswerTest {

    private static final String EVENTS = "text/event-stream";
    private static final String GET = "GET /p HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int FOLLOWERS = 200;

    private final FakeFeed feed = new FakeFeed();
    private final List<Socket> sockets = new ArrayList<>();
    private TestServer server;
    private Link<Endpoint> link;

    @Before
    public void start() throws Exception {
        server = new TestServer("http://localhost");
        link = server.points.endpoints.plugin("p", "p", request -> Response.fed(200, EVENTS, feed));
    }

    @After
    public void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private Socket open(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length()
                || !text.substring(text.length() - end.length()).equals(end)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("It ended with " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
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
    public void aFeedThatThrowsEndsItsAnswer() throws Exception {
        Feed faulty = new Feed() {
            @Override
            public void wakeBy(Runnable told) {}

            @Override
            public Next next() {
                throw new IllegalStateException("the password is hunter2");
            }

            @Override
            public void close() {
                feed.close();
            }
        };
        server.points.endpoints.plugin("q", "q", request -> Response.fed(200, EVENTS, faulty));
        Reply reply = server.send("GET", "/q");
        assertThat(reply.text()).contains("200 OK").doesNotContain("hunter2");
        assertThat(feed.isClosedSoon()).isTrue();
        assertThat(feed.closed).hasValue(1);
    }

    @Test
    public void anErrorThatNobodyForesawEndsTheAnswerToo() throws Exception {
        Feed faulty = new Feed() {
            @Override
            public void wakeBy(Runnable told) {}

            @Override
            public Next next() {
                throw new StackOverflowError(); // which the links of this test let pass
            }

            @Override
            public void close() {
                feed.close();
            }
        };
        server.points.endpoints.plugin("q", "q", request -> Response.fed(200, EVENTS, faulty));
        assertThat(server.send("GET", "/q").text()).contains("200 OK");
        assertThat(feed.isClosedSoon(1)).isTrue();
        await(() -> server.feeds.open() == 0);
    }

    @Test
    public void aLookThatFailsOnceIsNotTheLast() throws Exception {
        Socket socket = open(GET);
        readUntil(socket, ":\n\n");
        AtomicInteger failures = new AtomicInteger();
        server.points.endpoints.onLook = () -> {
            if (Thread.currentThread().getName().startsWith("latchkey-feed-clock-")
                    && failures.getAndIncrement() == 0) {
                throw new IllegalStateException("once");
            }
        };
        await(() -> failures.get() > 1);
        readUntil(socket, ":\n\n");
    }

    @Test
    public void whoIsWokenWhileTheEndpointIsBusyWaitsForAPlaceAndIsToldThen() throws Exception {
        Socket socket = open(GET);
        readUntil(socket, "\r\n\r\n");
        FakeEndpoints.refuse(link, Optional.of(PluginFault.Kind.BUSY));
        feed.tell("data: one\n\n").wake();
        readUntil(socket, ":\n\n");
        assertThat(feed.told.get()).as("it is not asked meanwhile").isLessThan(3);
        FakeEndpoints.refuse(link, Optional.empty());
        assertThat(readUntil(socket, "data: one\n\n")).doesNotContain("0\r\n\r\n");
        assertThat(feed.closed).hasValue(0);
    }

    @Test
    public void whoIsWokenWhileTheEndpointIsInQuarantineIsCutOff() throws Exception {
        Socket socket = open(GET);
        readUntil(socket, "\r\n\r\n");
        FakeEndpoints.refuse(link, Optional.of(PluginFault.Kind.QUARANTINED));
        feed.wake();
        readUntil(socket, "0\r\n\r\n");
        assertThat(feed.isClosedSoon(1)).isTrue();
    }

    @Test
    public void feedsThatHangEndAndTheOthersGoOn() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        server.points.endpoints.plugin(
                "q",
                "q",
                request -> Response.fed(200, EVENTS, new Feed() {
                    @Override
                    public void wakeBy(Runnable told) {}

                    @Override
                    public Next next() {
                        asked.incrementAndGet();
                        Uninterrupted.await(hanging);
                        return new Pause();
                    }

                    @Override
                    public void close() {
                        Uninterrupted.await(hanging);
                    }
                }));
        Socket other = open(GET);
        readUntil(other, "\r\n\r\n");
        int more = 2 * Math.max(4, Runtime.getRuntime().availableProcessors());
        List<Socket> hung = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            hung.add(open(GET.replace("/p", "/q")));
        }
        await(() -> asked.get() > 0);
        for (Socket each : hung) {
            readUntil(each, "\r\n\r\n");
        }
        feed.tell("data: one\n\n").wake();
        readUntil(other, "data: one\n\n");
        await(() -> server.feeds.open() == 1);
        feed.tell("data: two\n\n").wake();
        readUntil(other, "data: two\n\n");
        hanging.countDown();
    }

    /** Takes no notice of whoever wants it to end. */
    private static final class Uninterrupted {

        static void await(CountDownLatch until) {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (until.getCount() > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
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
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            Socket socket = open(GET.replace("/p", "/q"));
            readUntil(socket, "\r\n\r\n");
            clients.add(socket);
        }
        assertThat(server.feeds.open()).isEqualTo(FOLLOWERS + 1);
        assertThat(Thread.activeCount() - before).isLessThan(20);
        for (FakeFeed each : List.copyOf(feeds)) {
            each.tell("data: all\n\n").end("").wake();
        }
        for (Socket each : clients) {
            readUntil(each, "data: all");
        }
        await(() -> server.feeds.open() == 1);
        for (FakeFeed each : feeds) {
            assertThat(each.isClosedSoon()).isTrue();
            assertThat(each.closed).hasValue(1);
        }
    }
}

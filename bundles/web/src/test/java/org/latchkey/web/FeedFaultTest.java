package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.web.RawClients.await;
import static org.latchkey.web.RawClients.readUntil;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Feed;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.web.TestServer.Reply;

public class FeedFaultTest {

    private static final String EVENTS = "text/event-stream";
    private static final String GET = "GET /p HTTP/1.1\r\nHost: x\r\n\r\n";

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
}

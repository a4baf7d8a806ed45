package org.latchkey.cas.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.Test;
import org.latchkey.cas.outgoing.Application;
import org.latchkey.cas.outgoing.Mute;
import org.latchkey.cas.outgoing.Threads;

public class BackChannelTest {

    private static final String THREADS = "latchkey-cas-logout";
    private static final Duration LONG = Duration.ofMinutes(5);

    private static LogoutRequest request(String ticket) {
        return LogoutRequest.of(ticket, Instant.now(), new SecureRandom());
    }

    private static BackChannel channel(int atOnce, int waiting, Duration limit) throws Exception {
        return new BackChannel(SSLContext.getDefault().getSocketFactory(), atOnce, waiting, limit);
    }

    @Test
    public void I13_theApplicationGetsAPostWithTheForm() throws Exception {
        try (Application application = Application.plain(Application.status(200));
                BackChannel channel = channel(2, 10, LONG)) {
            LogoutRequest request = request("ST-1");
            channel.send(application.url("/app?x=1"), request);
            Application.Received received = application.next().orElseThrow();
            assertThat(received.method()).isEqualTo("POST");
            assertThat(received.uri()).isEqualTo("/app?x=1");
            assertThat(received.contentType()).isEqualTo("application/x-www-form-urlencoded");
            assertThat(received.body()).isEqualTo(request.form());
        }
    }

    @Test
    public void C15_manyThatHangDelayNobodyAndEndInTime() throws Exception {
        try (Mute mute = Mute.silent();
                Application application = Application.plain(Application.status(200));
                BackChannel channel = channel(16, 2000, Duration.ofMillis(100))) {
            for (int i = 0; i < 50; i++) {
                channel.send("http://127.0.0.1:" + mute.port() + "/", request("ST-" + i));
            }
            for (int i = 0; i < 950; i++) {
                channel.send(application.url("/"), request("ST-" + i));
            }
            for (int i = 0; i < 950; i++) {
                assertThat(application.next()).isPresent();
            }
        }
    }

    @Test
    public void C15_anAnswerThatDripsIsCutOff() throws Exception {
        try (Mute dripping = Mute.dripping();
                Application application = Application.plain(Application.status(200));
                BackChannel channel = channel(1, 10, Duration.ofMillis(300))) {
            channel.send("http://127.0.0.1:" + dripping.port() + "/", request("ST-1"));
            channel.send(application.url("/"), request("ST-2"));
            assertThat(application.next()).isPresent();
        }
    }

    @Test
    public void C15_addressesThatAreNobodysApplicationAreNotCalled() throws Exception {
        try (Application application = Application.plain(Application.status(200));
                BackChannel channel = channel(1, 10, LONG)) {
            channel.send("http://0.0.0.0:" + application.port() + "/", request("ST-1"));
            channel.send("http://169.254.169.254/", request("ST-2"));
            channel.send(application.url("/"), request("ST-3"));
            assertThat(application.next().orElseThrow().body()).contains("ST-3");
            assertThat(application.unseen()).isZero();
        }
    }

    @Test
    public void C21_faultsOfApplicationsAreIgnored() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (Application broken = Application.plain(Application.status(500));
                Application moved = Application.plain(exchange -> {
                    exchange.getResponseHeaders().add("Location", "/elsewhere");
                    exchange.sendResponseHeaders(307, -1);
                });
                Application application = Application.plain(Application.status(200));
                BackChannel channel = channel(1, 20, LONG)) {
            for (String url : new String[] {
                "",
                "nonsense",
                "ftp://127.0.0.1/",
                "http:///x",
                "http://a b/",
                "mailto:ada@example.org",
                "http://127.0.0.1:" + closed + "/",
                "http://no-such-host.invalid/",
                "https://127.0.0.1:" + closed,
                broken.url("/"),
                moved.url("/")
            }) {
                channel.send(url, request("ST-1"));
            }
            channel.send(application.url("/"), request("ST-2"));
            assertThat(application.next().orElseThrow().body()).contains("ST-2");
            assertThat(broken.next()).isPresent();
            assertThat(moved.next().orElseThrow().uri()).isEqualTo("/");
            assertThat(moved.unseen()).as("a redirect is not followed").isZero();
        }
    }

    @Test
    public void whatFindsTooManyWaitingIsDroppedAndLaterOnesAreSent() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (Application application = Application.plain(exchange -> {
                    try {
                        held.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.sendResponseHeaders(200, -1);
                });
                BackChannel channel = channel(1, 2, LONG)) {
            channel.send(application.url("/"), request("ST-first"));
            assertThat(application.next()).isPresent();
            for (int i = 0; i < 10; i++) {
                channel.send(application.url("/"), request("ST-" + i + "-end"));
            }
            held.countDown();
            assertThat(application.next().orElseThrow().body()).contains("ST-0-end");
            assertThat(application.next().orElseThrow().body()).contains("ST-1-end");
            channel.send(application.url("/"), request("ST-later"));
            assertThat(application.next().orElseThrow().body()).contains("ST-later");
        }
    }

    @Test
    public void noThreadIsLeftAfterCloseAlsoIfSomeHang() throws Exception {
        try (Mute mute = Mute.silent()) {
            BackChannel channel = channel(4, 100, LONG);
            for (int i = 0; i < 20; i++) {
                channel.send("http://127.0.0.1:" + mute.port() + "/", request("ST-" + i));
            }
            for (int i = 0; i < 3000 && mute.connections() < 4; i++) {
                Thread.sleep(10);
            }
            assertThat(Threads.named(THREADS)).hasSizeGreaterThanOrEqualTo(4);
            channel.close();
            for (int i = 0; i < 3000 && !Threads.named(THREADS).isEmpty(); i++) {
                Thread.sleep(10);
            }
            assertThat(Threads.named(THREADS)).isEmpty();
            channel.send("http://127.0.0.1:" + mute.port() + "/", request("ST-after"));
        }
    }
}

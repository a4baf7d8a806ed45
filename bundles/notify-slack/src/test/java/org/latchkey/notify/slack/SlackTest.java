package org.latchkey.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.extension.Notice;
import org.latchkey.outbound.OutboundCalls;
import org.latchkey.testkit.ListedNotices;
import org.osgi.framework.BundleContext;

/** The notifier over real sockets, as it is configured. */
public class SlackTest {

    private static final String SECRET = "/services/T000/B000/XXXXhunter2XXXX";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch testOver = new CountDownLatch(1);
    private HttpServer slack;
    private OutboundCalls outbound;
    private volatile int status = 200;
    private volatile boolean hangs;

    @Before
    public void start() throws IOException {
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.setExecutor(threads);
        slack.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
                if (hangs) {
                    testOver.await(60, TimeUnit.SECONDS);
                }
                exchange.getResponseHeaders().set("Retry-After", "600");
                byte[] answer = (status == 200 ? "ok" : "sorry").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        slack.start();
        outbound = new OutboundCalls(fake(BundleContext.class, Map.of()), fake(OutboundCalls.Config.class, Map.of()));
    }

    @After
    public void stop() {
        testOver.countDown();
        slack.stop(0);
        threads.shutdownNow();
    }

    /** Gives what it is told by the method's name, else an annotation's default, else nothing. */
    private static <T> T fake(Class<T> type, Map<String, ?> values) {
        return type.cast(Proxy.newProxyInstance(
                SlackTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> Optional.<Object>ofNullable(values.get(method.getName()))
                        .orElse(method.getDefaultValue())));
    }

    private Slack slack(Map<String, ?> more) {
        return new Slack(
                outbound,
                ListedNotices.of(),
                fake(Slack.Config.class, more),
                Map.of("service.pid", Slack.PID + "~ops"));
    }

    private Map<String, Object> url() {
        return Map.of("_url", "http://127.0.0.1:" + slack.getAddress().getPort() + SECRET);
    }

    private static Notice created() {
        return MessageTest.notice("EXECUTION_EVENT", "ada", Map.of("JobName", "backup"));
    }

    @Test
    public void row111TheWebhookGetsAPostOfJson() throws IOException {
        Slack notifier = slack(url());
        notifier.notify(created());
        notifier.deactivate();
        assertThat(received).hasSize(1);
        String start = "POST " + SECRET + " application/json ";
        assertThat(received.get(0)).startsWith(start);
        assertThat(new JsonMapper()
                        .readTree(received.get(0).substring(start.length()))
                        .path("blocks"))
                .hasSize(1);
        assertThat(notifier.name()).isEqualTo("notify.slack~ops");
        assertThat(notifier.fault()).isEmpty();
    }

    @Test
    public void r07WhatSlackRefusesIsTriedAgainAndTheUrlIsNowhere() {
        Slack notifier = slack(url());
        status = 429;
        assertThatThrownBy(() -> notifier.notify(created()))
                .isInstanceOf(IOException.class)
                .hasMessage("127.0.0.1 answered 429: sorry")
                .hasNoCause();
        assertThatThrownBy(() -> notifier.notify(created())).hasMessageContaining("left alone");
        assertThat(received).hasSize(1);
        assertThat(notifier.fault().orElseThrow() + notifier).doesNotContain("hunter2", "services");
        notifier.deactivate();
    }

    @Test
    public void row113SlownessIsTriedAgain() {
        hangs = true;
        Slack notifier = slack(Map.of("_url", url().get("_url"), "timeoutMillis", 300));
        assertThatThrownBy(() -> notifier.notify(created()))
                .isInstanceOf(IOException.class)
                .hasMessage("127.0.0.1 was not reached: the time was over");
        notifier.deactivate();
    }

    @Test
    public void nobodyIsThere() {
        slack.stop(0);
        Slack notifier = slack(url());
        assertThatThrownBy(() -> notifier.notify(created()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("127.0.0.1 was not reached")
                .message()
                .doesNotContain("hunter2");
        notifier.deactivate();
    }

    @Test
    public void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> slack(Map.of())).hasMessageContaining(".url must be");
        assertThatThrownBy(() -> slack(Map.of("_url", "https://x.example/hunter2", "timeoutMillis", 60_000)))
                .hasMessage("timeoutMillis must be 100 to 20000, not 60000");
    }
}

package org.latchkey.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.extension.Notice;
import org.latchkey.outbound.OutboundCalls;
import org.latchkey.testkit.ListedNotices;
import org.osgi.framework.BundleContext;

/** The notifier over real sockets, as it is configured. DNS rebinding has its tests at the outbound calls. */
public class WebhookTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Notice CREATED =
            new Notice("n1", "entity.created", Instant.EPOCH, "root", Map.of("entity", "ada"));

    private record Received(String path, Headers headers, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final BundleContext context = (BundleContext) Proxy.newProxyInstance(
            WebhookTest.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> method.getName().equals("getProperty") ? "https://id.example.org" : null);
    private HttpServer server;
    private OutboundCalls outbound;
    private volatile int status = 204;

    @Before
    public void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                received.add(new Received(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
                exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        outbound = new OutboundCalls(context, config(OutboundCalls.Config.class, Map.of()));
    }

    @After
    public void stop() {
        server.stop(0);
    }

    private static <T> T config(Class<T> type, Map<String, ?> values) {
        return type.cast(Proxy.newProxyInstance(
                WebhookTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> Optional.<Object>ofNullable(values.get(method.getName()))
                        .orElse(method.getDefaultValue())));
    }

    private Webhook webhook(Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(Map.of("_secret", SECRET));
        values.putAll(more);
        return new Webhook(
                context,
                outbound,
                ListedNotices.of(),
                config(Webhook.Config.class, values),
                Map.of("service.pid", Webhook.PID + "~crm"));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=hunter2";
    }

    /** What comes of telling one notice: nothing, or the reason. */
    private String telling(Map<String, ?> more) {
        Webhook webhook = webhook(more);
        try {
            webhook.notify(CREATED);
            return "";
        } catch (IOException notNow) {
            StringWriter trace = new StringWriter();
            notNow.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("hunter2", SECRET);
            return notNow.getMessage();
        } finally {
            webhook.deactivate();
        }
    }

    @Test
    public void aReceiverOnThisMachineGetsASignedEvent() {
        assertThat(telling(Map.of("_url", url()))).isEmpty();
        assertThat(received).hasSize(1);
        Received call = received.get(0);
        assertThat(call.path()).isEqualTo("/hook?key=hunter2");
        assertThat(call.headers().getFirst("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(call.headers().getFirst("webhook-id")).isEqualTo("n1");
        long seconds = Long.parseLong(call.headers().getFirst("webhook-timestamp"));
        assertThat(call.headers().getFirst("webhook-signature"))
                .isEqualTo(Signature.of(SECRET, "").of("n1", seconds, call.body()));
        CloudEvent event = EventTest.read(call.body());
        assertThat(event.getSource()).isEqualTo(URI.create("https://id.example.org"));
    }

    @Test
    public void h16WhatIsNobodysReceiverIsNeverCalled() {
        for (String host : new String[] {"169.254.169.254", "[::ffff:a9fe:a9fe]", "[fe80::1]", "0.0.0.0"}) {
            assertThat(telling(Map.of("_url", "http://" + host + "/hunter2")))
                    .as(host)
                    .contains("is no application's");
        }
    }

    @Test
    public void h16WithPublicOnlyNothingInsideIsCalled() {
        int port = server.getAddress().getPort();
        for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:7f00:1]", "10.0.0.1"}) {
            assertThat(telling(Map.of("_url", "https://" + host + ":" + port + "/hunter2", "publicOnly", true)))
                    .as(host)
                    .contains("is not public");
        }
        assertThat(telling(Map.of("_url", url(), "publicOnly", true))).contains("it is not https");
        assertThat(telling(Map.of("_url", "https://id.example.org/hunter2", "publicOnly", true)))
                .contains("it is this server");
        assertThat(received).isEmpty();
    }

    @Test
    public void h16NotationsThatHideAnAddressAreNoUrls() {
        for (String wrong : new String[] {
            "http://2130706433/hunter2",
            "http://0x7f000001/hunter2",
            "http://017700000001/hunter2",
            "http://0177.0.0.1/hunter2",
            "http://127.1/hunter2",
            "http://127.0.0.1./hunter2",
            "file:///etc/hunter2",
            "gopher://x/hunter2",
            "http://ada:hunter2@x.example/",
            "http:// hunter2",
            "hunter2",
            ""
        }) {
            assertThatThrownBy(() -> webhook(Map.of("_url", wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(".url")
                    .hasNoCause()
                    .message()
                    .doesNotContain("hunter2");
        }
    }

    @Test
    public void h16ARedirectToAFileIsAnAnswerLikeOthers() {
        for (int redirect : new int[] {301, 302, 307, 308}) {
            status = redirect;
            assertThat(telling(Map.of("_url", url()))).isEqualTo("127.0.0.1 answered " + redirect);
        }
        assertThat(received).hasSize(4);
    }

    @Test
    public void h17AHostThatDoesNotResolveIsSaved() {
        Webhook webhook = webhook(Map.of("_url", "https://nowhere.invalid/hunter2"));
        assertThat(webhook.fault()).isEmpty();
        assertThatThrownBy(() -> webhook.notify(CREATED)).isInstanceOf(IOException.class);
        assertThat(webhook.fault())
                .contains("unverified: nowhere.invalid was not reached: there is no host nowhere.invalid");
        assertThat(webhook.name()).isEqualTo("notify.webhook~crm");
        webhook.deactivate();
    }

    @Test
    public void withoutASecretNothingIsSent() {
        assertThatThrownBy(() -> webhook(Map.of("_url", url(), "_secret", ""))).hasMessageStartingWith(".secret");
        assertThatThrownBy(() -> webhook(Map.of("_url", url(), "timeoutMillis", 1)))
                .hasMessage("timeoutMillis must be 100 to 20000, not 1");
    }
}

package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Content;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.Failure.Why;
import org.latchkey.api.service.Outbound.Lane;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Result;
import org.latchkey.api.service.Outbound.Rules;

/** Calls to real servers. */
public class OutboundCallsTest {

    private static final URI SELF = URI.create("https://id.example");
    private static final Duration LONG = Duration.ofMinutes(2);

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Certificates certificates;
    private static Path authority;

    @BeforeClass
    public static void makeCertificates() throws Exception {
        certificates = new Certificates(FOLDER.getRoot().toPath())
                .signed("good", "dns:localhost,dns:app.example,ip:127.0.0.1");
        authority = certificates.authority();
    }

    private static OutboundCalls calls(String... privateHosts) {
        return new OutboundCalls(Settings.of(authority.toString(), privateHosts), SELF, InetAddress::getAllByName);
    }

    private static Lane lane() {
        return calls("127.0.0.1", "localhost").open(Rules.named("test-lane"));
    }

    private static Application application(String certificate, Application.Answer answer)
            throws IOException, GeneralSecurityException {
        return Application.secure(certificates.server(certificate), answer);
    }

    private static Application.Answer text(String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Call get(String url) {
        return Call.get(url, NamedBy.REQUEST).within(LONG);
    }

    private static Result made(Call call) {
        try (Lane lane = lane()) {
            return lane.call(call);
        }
    }

    private static void fails(Result result, Why why, String reason) {
        assertThat(result).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.why()).isEqualTo(why);
            assertThat(failure.reason()).contains(reason);
        });
    }

    @Test
    public void getsADocument() throws Exception {
        try (Application application = application("good", text("{\"keys\":[]}"))) {
            Result result = made(get(application.url("/jwks?a=b%26c#frag")).withHeader("Accept", "application/json"));
            assertThat(result).isInstanceOfSatisfying(Answer.class, answer -> {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.contentType()).isEqualTo("application/json");
                assertThat(answer.text()).isEqualTo("{\"keys\":[]}");
            });
            Application.Received received = application.next().orElseThrow();
            assertThat(received.method()).isEqualTo("GET");
            assertThat(received.uri()).isEqualTo("/jwks?a=b%26c");
            assertThat(received.host()).isEqualTo("127.0.0.1:" + application.port());
        }
    }

    @Test
    public void getsADocumentInChunks() throws Exception {
        try (Application application = application("good", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    out.write("0123456789".repeat(100).getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                }
            }
        })) {
            assertThat(made(get(application.url("/")).reading(100_000)))
                    .isInstanceOfSatisfying(
                            Answer.class, answer -> assertThat(answer.body()).hasSize(100_000));
            fails(made(get(application.url("/")).reading(99_999)), Why.TOO_LARGE, "99999");
        }
    }

    @Test
    public void postsAForm() throws Exception {
        try (Application application = application("good", Application.status(204))) {
            Result result = made(Call.post(application.url("/x"), NamedBy.REQUEST, Content.form("logout_token=a.b.c"))
                    .within(LONG));
            assertThat(result).isInstanceOfSatisfying(Answer.class, answer -> assertThat(answer.status())
                    .isEqualTo(204));
            Application.Received received = application.next().orElseThrow();
            assertThat(received.method()).isEqualTo("POST");
            assertThat(received.contentType()).isEqualTo("application/x-www-form-urlencoded");
            assertThat(received.body()).isEqualTo("logout_token=a.b.c");
        }
    }

    @Test
    public void C30_aHostByNameIsVerifiedByName() throws Exception {
        try (Application application = application("good", Application.status(200))) {
            assertThat(made(get("https://localhost:" + application.port() + "/")))
                    .isInstanceOf(Answer.class);
        }
    }

    /** The address that was looked at is the one that is called: the name is asked once. */
    @Test
    public void C10_aNameThatChangesItsAddressIsAskedOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Guard.Resolver rebinding = host -> {
            boolean first = asked.getAndIncrement() == 0;
            return new InetAddress[] {first ? InetAddress.getLoopbackAddress() : InetAddress.getByName("192.0.2.1")};
        };
        try (Application application = application("good", Application.status(200));
                Lane lane = new OutboundCalls(Settings.of(authority.toString(), "app.example"), SELF, rebinding)
                        .open(Rules.named("test-lane"))) {
            assertThat(lane.call(get("https://app.example:" + application.port() + "/")))
                    .isInstanceOf(Answer.class);
            assertThat(asked).hasValue(1);
            assertThat(application.next().orElseThrow().host()).isEqualTo("app.example:" + application.port());
        }
    }

    @Test
    public void anotherAddressIsTriedWhenNobodyListensAtTheFirst() throws Exception {
        try (Application application = application("good", Application.status(200));
                Lane lane = new OutboundCalls(
                                Settings.of(authority.toString(), "app.example"), SELF, host -> new InetAddress[] {
                                    InetAddress.getByName("127.0.0.9"), InetAddress.getLoopbackAddress()
                                })
                        .open(Rules.named("test-lane"))) {
            assertThat(lane.call(get("https://app.example:" + application.port() + "/")))
                    .isInstanceOf(Answer.class);
        }
    }

    @Test
    public void C10_noRedirectIsFollowed() throws Exception {
        try (Application inside = Application.plain(Application.status(200));
                Application application = application("good", exchange -> {
                    exchange.getResponseHeaders().add("Location", inside.url("/"));
                    exchange.sendResponseHeaders(302, -1);
                })) {
            assertThat(made(get(application.url("/"))))
                    .isInstanceOfSatisfying(
                            Answer.class, answer -> assertThat(answer.status()).isEqualTo(302));
            assertThat(inside.unseen()).isZero();
        }
    }

    @Test
    public void C10_anAddressInsideIsNotCalledAtAll() throws Exception {
        try (Application application = application("good", Application.status(200));
                Lane lane = calls().open(Rules.named("test-lane"))) {
            fails(lane.call(get(application.url("/"))), Why.REFUSED, "is not public");
            fails(lane.call(get("http://127.0.0.1:" + application.port())), Why.REFUSED, "not https");
            fails(lane.call(get("no url at all")), Why.REFUSED, "no URL");
            assertThat(application.unseen()).isZero();
        }
    }

    @Test
    public void C10_whatIsSilentOrDripsEndsInTime() throws Exception {
        try (Mute silent = Mute.silent();
                Mute dripping = Mute.dripping();
                Lane lane = lane()) {
            for (Mute mute : List.of(silent, dripping)) {
                Call call = get("https://127.0.0.1:" + mute.port() + "/").within(Duration.ofMillis(500));
                assertThat(lane.call(call)).isInstanceOf(Failure.class);
            }
        }
    }

    @Test
    public void C10_aSlowAnswerEndsInTime() throws Exception {
        try (Application application = application("good", exchange -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        })) {
            fails(made(get(application.url("/")).within(Duration.ofSeconds(3))), Why.LATE, "time was over");
        }
    }

    @Test
    public void C10_aHugeAnswerIsNotRead() throws Exception {
        try (Application application = application("good", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] block = new byte[65_536];
                while (true) {
                    out.write(block);
                }
            }
        })) {
            assertThat(made(get(application.url("/")).reading(0))).isInstanceOf(Answer.class);
            fails(made(get(application.url("/"))), Why.TOO_LARGE, "65536");
        }
    }

    @Test
    public void whereNobodyListensFails() throws Exception {
        int port;
        try (Mute silent = Mute.silent()) {
            port = silent.port();
        }
        fails(made(get("https://127.0.0.1:" + port + "/")), Why.FAILED, "could not be called");
    }

    @Test
    public void aHeaderCannotBeSmuggledIn() {
        assertThatThrownBy(() -> get("https://a.example/").withHeader("X", "a\r\nHost: b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> get("https://a.example/").withHeader("X: y\r\nZ", "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Content("text/plain\r\nX: y", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void whenTheServiceEndsItsLanesDo() throws Exception {
        OutboundCalls calls = calls("127.0.0.1");
        Lane lane = calls.open(Rules.named("test-ending"));
        fails(lane.call(get("https://127.0.0.1:1/")), Why.FAILED, "");
        calls.close();
        fails(lane.call(get("https://127.0.0.1:1/")), Why.BUSY, "");
        for (int i = 0; i < 3000 && !Threads.named("test-ending").isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(Threads.named("test-ending")).isEmpty();
    }
}

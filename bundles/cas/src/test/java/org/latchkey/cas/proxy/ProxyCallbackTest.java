package org.latchkey.cas.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.cas.outgoing.Application;
import org.latchkey.cas.outgoing.Certificates;
import org.latchkey.cas.outgoing.Mute;
import org.latchkey.cas.outgoing.Threads;
import org.latchkey.cas.proxy.ProxyCallback.Accepted;
import org.latchkey.cas.proxy.ProxyCallback.Outcome;
import org.latchkey.cas.proxy.ProxyCallback.Refused;

public class ProxyCallbackTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final URI SELF = URI.create("https://id.example");

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Certificates certificates;
    private static SSLSocketFactory trusted;

    @BeforeClass
    public static void makeCertificates() throws Exception {
        certificates = new Certificates(FOLDER.getRoot().toPath())
                .signed("good", "dns:localhost,ip:127.0.0.1")
                .signed("expired", "dns:localhost,ip:127.0.0.1", "-startdate", "-10d", "-validity", "5")
                .signed("other", "dns:other.example,ip:127.0.0.2")
                .selfSigned("lonely", "dns:localhost,ip:127.0.0.1");
        trusted = TrustedCertificates.of(certificates.authority());
    }

    private static ProxyCallback callback(Duration limit) {
        return new ProxyCallback(new CallbackGuard(List.of("127.0.0.1", "localhost"), SELF), trusted, 4, limit);
    }

    private static Application application(String certificate, Application.Answer answer)
            throws IOException, GeneralSecurityException {
        return Application.secure(certificates.server(certificate), answer);
    }

    private static Outcome deliver(String url) {
        try (ProxyCallback callback = callback(LONG)) {
            return callback.deliver(url, "PGT-1-a", "PGTIOU-1-b");
        }
    }

    private static void refused(Outcome outcome, String reason) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                .contains(reason)
                .doesNotContain("PGT"));
    }

    @Test
    public void C31_theCallbackGetsBothTicketsAndKeepsItsQuery() throws Exception {
        try (Application application = application("good", Application.status(200))) {
            assertThat(deliver(application.url("/pgt?a=b%26c#frag"))).isInstanceOf(Accepted.class);
            Application.Received received = application.next().orElseThrow();
            assertThat(received.method()).isEqualTo("GET");
            assertThat(received.uri()).isEqualTo("/pgt?a=b%26c&pgtId=PGT-1-a&pgtIou=PGTIOU-1-b");
            assertThat(received.host()).isEqualTo("127.0.0.1:" + application.port());
            assertThat(deliver(application.url(""))).isInstanceOf(Accepted.class);
            assertThat(application.next().orElseThrow().uri()).isEqualTo("/?pgtId=PGT-1-a&pgtIou=PGTIOU-1-b");
            assertThat(deliver(application.url("/x?"))).isInstanceOf(Accepted.class);
            assertThat(application.next().orElseThrow().uri()).isEqualTo("/x?pgtId=PGT-1-a&pgtIou=PGTIOU-1-b");
        }
    }

    @Test
    public void C30_aHostByNameIsVerifiedByName() throws Exception {
        try (Application application = application("good", Application.status(200))) {
            assertThat(deliver("https://localhost:" + application.port() + "/")).isInstanceOf(Accepted.class);
        }
    }

    @Test
    public void C32_onlyTheStatus200Counts() throws Exception {
        for (int status : new int[] {201, 204, 400, 401, 404, 500, 503}) {
            try (Application application = application("good", Application.status(status))) {
                refused(deliver(application.url("/")), "it answered " + status);
            }
        }
    }

    @Test
    public void C10_noRedirectIsFollowed() throws Exception {
        try (Application inside = Application.plain(Application.status(200));
                Application application = application("good", exchange -> {
                    exchange.getResponseHeaders().add("Location", inside.url("/"));
                    exchange.sendResponseHeaders(302, -1);
                })) {
            refused(deliver(application.url("/")), "it answered 302");
            assertThat(inside.unseen()).isZero();
        }
    }

    @Test
    public void row70_aSelfSignedCertificateIsRefused() throws Exception {
        try (Application application = application("lonely", Application.status(200))) {
            refused(deliver(application.url("/")), "valid certification path");
            assertThat(application.unseen())
                    .as("no byte of the ticket was sent")
                    .isZero();
        }
    }

    @Test
    public void C10_anExpiredCertificateIsRefused() throws Exception {
        try (Application application = application("expired", Application.status(200))) {
            refused(deliver(application.url("/")), "validity check failed");
            assertThat(application.unseen()).isZero();
        }
    }

    @Test
    public void C10_aCertificateForAnotherNameIsRefused() throws Exception {
        try (Application application = application("other", Application.status(200))) {
            refused(deliver(application.url("/")), "subject alternative");
            refused(deliver("https://localhost:" + application.port() + "/"), "subject alternative");
            assertThat(application.unseen()).isZero();
        }
    }

    @Test
    public void C30_theJdkDoesNotTrustAnAuthorityOfOurs() throws Exception {
        try (Application application = application("good", Application.status(200));
                ProxyCallback callback = new ProxyCallback(
                        new CallbackGuard(List.of("127.0.0.1"), SELF), TrustedCertificates.ofTheJdk(), 1, LONG)) {
            refused(callback.deliver(application.url("/"), "PGT-1", "PGTIOU-1"), "valid certification path");
            assertThat(application.unseen()).isZero();
        }
    }

    @Test
    public void C10_anAddressInsideIsNotCalledAtAll() throws Exception {
        try (Application application = application("good", Application.status(200));
                ProxyCallback callback = new ProxyCallback(new CallbackGuard(List.of(), SELF), trusted, 1, LONG)) {
            refused(callback.deliver(application.url("/"), "PGT-1", "PGTIOU-1"), "is not public");
            refused(callback.deliver("http://127.0.0.1:" + application.port(), "PGT-1", "PGTIOU-1"), "not https");
            assertThat(application.unseen()).isZero();
        }
    }

    @Test
    public void C10_aCallbackThatIsSilentOrDripsEndsInTime() throws Exception {
        try (Mute silent = Mute.silent();
                Mute dripping = Mute.dripping();
                ProxyCallback callback = callback(Duration.ofMillis(500))) {
            for (Mute mute : List.of(silent, dripping)) {
                assertThat(callback.deliver("https://127.0.0.1:" + mute.port() + "/", "PGT-1", "PGTIOU-1"))
                        .isInstanceOf(Refused.class);
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
                });
                ProxyCallback callback = callback(Duration.ofSeconds(3))) {
            refused(callback.deliver(application.url("/"), "PGT-1", "PGTIOU-1"), "time was over");
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
            assertThat(deliver(application.url("/"))).isInstanceOf(Accepted.class);
        }
    }

    @Test
    public void whereNobodyListensIsRefused() throws Exception {
        int port;
        try (Mute silent = Mute.silent()) {
            port = silent.port();
        }
        refused(deliver("https://127.0.0.1:" + port + "/"), "could not be called");
    }

    @Test
    public void noThreadIsLeftAfterClose() throws Exception {
        assertThat(deliver("https://127.0.0.1:1/")).isInstanceOf(Refused.class);
        for (int i = 0; i < 3000 && !Threads.named("latchkey-cas-callback").isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(Threads.named("latchkey-cas-callback")).isEmpty();
    }

    @Test
    public void aFileWithoutCertificatesIsNoTrust() throws Exception {
        Path empty = Files.createFile(FOLDER.getRoot().toPath().resolve("empty.pem"));
        assertThatThrownBy(() -> TrustedCertificates.of(empty))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("empty.pem");
    }
}

package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.Failure.Why;
import org.latchkey.api.service.Outbound.Lane;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Result;
import org.latchkey.api.service.Outbound.Rules;

/** Whom a call trusts, on real servers. */
public class AuthoritiesTest {

    private static final URI SELF = URI.create("https://id.example");

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Certificates certificates;
    private static Path authority;

    @BeforeClass
    public static void makeCertificates() throws Exception {
        certificates = new Certificates(FOLDER.getRoot().toPath())
                .signed("good", "dns:localhost,ip:127.0.0.1")
                .signed("expired", "dns:localhost,ip:127.0.0.1", "-startdate", "-10d", "-validity", "5")
                .signed("other", "dns:other.example,ip:127.0.0.2")
                .selfSigned("lonely", "dns:localhost,ip:127.0.0.1");
        authority = certificates.authority();
    }

    private static OutboundCalls calls(String authorities) {
        return new OutboundCalls(Settings.of(authorities, "127.0.0.1", "localhost"), SELF, InetAddress::getAllByName);
    }

    private static Application application(String certificate) throws Exception {
        return Application.secure(certificates.server(certificate), Application.status(200));
    }

    private static Call get(String url) {
        return Call.get(url, NamedBy.REQUEST).within(Duration.ofMinutes(2));
    }

    private static void fails(Result result, String reason) {
        assertThat(result).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.why()).isEqualTo(Why.FAILED);
            assertThat(failure.reason()).contains(reason);
        });
    }

    @Test
    public void row70_aSelfSignedCertificateIsRefused() throws Exception {
        untrusted("lonely", "valid certification path");
    }

    @Test
    public void C10_anExpiredCertificateIsRefused() throws Exception {
        untrusted("expired", "validity check failed");
    }

    @Test
    public void C10_aCertificateForAnotherNameIsRefused() throws Exception {
        untrusted("other", "subject alternative");
    }

    private static void untrusted(String certificate, String reason) throws Exception {
        try (Application application = application(certificate);
                Lane lane = calls(authority.toString()).open(Rules.named("test-lane"))) {
            fails(lane.call(get(application.url("/"))), reason);
            fails(lane.call(get("https://localhost:" + application.port() + "/")), reason);
            assertThat(application.unseen()).as("no byte was sent").isZero();
        }
    }

    @Test
    public void C30_theJdkDoesNotTrustAnAuthorityOfOurs() throws Exception {
        OutboundCalls calls = calls("");
        Rules ours = new Rules("test-lane", 1, 1, 1, Set.of(), Optional.of(authority));
        try (Application application = application("good");
                Lane javas = calls.open(Rules.named("test-lane"));
                Lane own = calls.open(ours)) {
            fails(javas.call(get(application.url("/"))), "valid certification path");
            assertThat(application.unseen()).isZero();
            assertThat(own.call(get(application.url("/")))).isInstanceOf(Answer.class);
        }
    }

    @Test
    public void aFileWithoutCertificatesIsNoTrust() throws Exception {
        Path empty = Files.createFile(FOLDER.getRoot().toPath().resolve("empty.pem"));
        assertThatThrownBy(() -> calls(empty.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem");
        assertThatThrownBy(() ->
                        calls("").open(new Rules("x", 1, 1, 1, Set.of(), Optional.of(Path.of("/no/such/file.pem")))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

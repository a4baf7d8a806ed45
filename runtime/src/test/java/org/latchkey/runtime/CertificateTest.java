package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Row 81: certgen. */
public class CertificateTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theCertificateIsForAllItsNamesAndNothingElse() throws Exception {
        assertThat(make("id.example.org", "localhost", "127.0.0.1", "::1", "--days", "30"))
                .contains("tls.crt", "tls.key");
        X509Certificate certificate = certificate();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=id.example.org");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "id.example.org"),
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        certificate.checkValidity();
        certificate.verify(certificate.getPublicKey());
        assertThat(Duration.between(Instant.now(), certificate.getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
    }

    @Test
    public void theKeyBelongsToItAndIsItsOwnersAlone() throws Exception {
        make("localhost");
        Path file = folder.getRoot().toPath().resolve("tls.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String pem = Files.readString(file);
        assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----END PRIVATE KEY-----\n");
        byte[] content = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content)));
        byte[] signed = signature.sign();
        signature.initVerify(certificate());
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    public void filesThatAreThereAreReplacedByForceAlone() throws Exception {
        make("localhost");
        X509Certificate first = certificate();
        assertThatThrownBy(() -> make("localhost"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is there already; --force");
        assertThat(certificate()).isEqualTo(first);
        make("localhost", "--force");
        assertThat(certificate().getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    }

    @Test
    public void whatMakesNoSenseIsRefused() {
        for (String[] words : new String[][] {
            {},
            {"--force"},
            {"a b"},
            {"x", "--days", "0"},
            {"x", "--days=9999"},
            {"x", "--days"},
            {"--nonsense"},
            {"../x"}
        }) {
            assertThatThrownBy(() -> make(words)).as(String.join(" ", words)).isInstanceOf(StartRefused.class);
        }
    }

    private String make(String... words) throws Exception {
        return CertificateCommand.make(
                CertificateRequest.parse(List.of(words), folder.getRoot().toPath()));
    }

    private X509Certificate certificate() throws Exception {
        try (InputStream file = Files.newInputStream(folder.getRoot().toPath().resolve("tls.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }
}

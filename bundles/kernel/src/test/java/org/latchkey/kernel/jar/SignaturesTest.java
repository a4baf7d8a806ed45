package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.kernel.jar.Bundles.bundle;
import static org.latchkey.kernel.jar.Bundles.changed;
import static org.latchkey.kernel.jar.Bundles.text;
import static org.latchkey.kernel.jar.Bundles.without;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SignaturesTest {

    @ClassRule
    public static final TemporaryFolder keyFolder = new TemporaryFolder();

    private static Keys keys;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @BeforeClass
    public static void makeKeys() throws IOException {
        keys = new Keys(keyFolder.getRoot().toPath()).add("alice").add("mallory");
    }

    @Test
    public void theSignersOfEveryEntryAreFound() throws Exception {
        assertThat(of(bundle("1.0"))).isEmpty();
        assertThat(of(keys.signed(bundle("1.0"), "alice"))).containsExactly("CN=alice");
        assertThat(of(keys.signed(keys.signed(bundle("1.0"), "alice"), "mallory")))
                .containsExactlyInAnyOrder("CN=alice", "CN=mallory");
    }

    @Test
    public void p05_contentThatWasModifiedAfterSigningIsRefused() throws Exception {
        byte[] signed = keys.signed(bundle("1.0"), "alice");
        refused(changed(signed, "org/a/A.class", "evil"), "modified after signing: SHA-256 digest error");
        refused(changed(signed, "org/a/Evil.class", "evil"), "nobody signed its entry org/a/Evil.class");
        refused(changed(signed, "META-INF/SIG-evil.class", "evil"), "nobody signed its entry META-INF/SIG-evil");
        refused(without(signed, "org/a/A.class"), "its entry org/a/A.class is gone");
    }

    @Test
    public void p05_aSignatureThatWasTamperedWithIsRefused() throws Exception {
        byte[] signed = keys.signed(bundle("1.0"), "alice");
        refused(without(signed, "META-INF/ALICE.EC"), "cannot be verified: it is incomplete");
        refused(without(signed, "META-INF/ALICE.SF"), "cannot be verified: it is incomplete");
        refused(changed(signed, "META-INF/ALICE.EC", "x"), "cannot be verified");
        refused(changed(signed, "META-INF/ALICE.SF", "Signature-Version: 1.0\r\n\r\n"), "modified after signing");
    }

    @Test
    public void p05_changedHeadersAreRefused() throws Exception {
        byte[] signed = keys.signed(bundle("1.0"), "alice");
        String manifest = text(signed, "META-INF/MANIFEST.MF");
        refused(changed(signed, "META-INF/MANIFEST.MF", manifest.replace("1.0.0", "9.0.0")), "modified after signing");
        refused(changed(signed, "META-INF/ALICE.SF", "Signature-Version: 1.0\r\n\r\n"), "modified after signing");
    }

    /** Its signature has a digest of each entry and of the whole manifest, not of the headers; the JDK verifies it. */
    @Test
    public void p05_headersThatNoSignatureCoversAreRefused() throws Exception {
        try (InputStream jar = SignaturesTest.class.getResourceAsStream("headers-not-covered.jar")) {
            refused(jar.readAllBytes(), "A.SF does not cover the headers");
        }
    }

    @Test
    public void p05_anEntryTakenOutWithItsDigestIsRefused() throws Exception {
        byte[] signed = keys.signed(bundle("1.0"), "alice");
        String manifest = text(signed, "META-INF/MANIFEST.MF");
        String cut = manifest.replaceAll("Name: org/a/A.class\r\n[^\r]*\r\n\r\n", "");
        assertThat(cut).isNotEqualTo(manifest);
        refused(without(changed(signed, "META-INF/MANIFEST.MF", cut), "org/a/A.class"), "modified after signing");
    }

    @Test
    public void p05_whoSignedHalfOfTheEntriesSignedNothing() throws Exception {
        byte[] half = keys.signed(bundle("1.0"), "alice");
        byte[] both = keys.signed(changed(half, "org/a/B.class", "b"), "mallory");
        assertThat(of(both)).containsExactly("CN=mallory");
    }

    @Test
    public void p04_weakDigestsAreRefused() throws Exception {
        refused(keys.signed(bundle("1.0"), "alice", "MD5"), "signed with MD5, which is too weak");
        refused(keys.signed(bundle("1.0"), "alice", "SHA-1"), "signed with SHA-1, which is too weak");
    }

    private List<String> of(byte[] jar) throws IOException, Rejection {
        return Signatures.of(file(jar)).signers().stream()
                .map(signer -> (X509Certificate)
                        signer.getSignerCertPath().getCertificates().get(0))
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }

    private void refused(byte[] jar, String reason) throws IOException {
        Path file = file(jar);
        assertThatThrownBy(() -> Signatures.of(file))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(reason);
    }

    private Path file(byte[] jar) throws IOException {
        return Files.write(folder.getRoot().toPath().resolve("test.jar"), jar);
    }
}

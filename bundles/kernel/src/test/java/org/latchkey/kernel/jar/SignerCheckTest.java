package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.kernel.jar.Bundles.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.Timestamp;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SignerCheckTest {

    @ClassRule
    public static final TemporaryFolder keyFolder = new TemporaryFolder();

    private static Keys keys;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path store;
    private List<String> revoked = List.of();

    @BeforeClass
    public static void makeKeys() throws IOException {
        keys = new Keys(keyFolder.getRoot().toPath())
                .add("alice")
                .add("mallory")
                .add("past", "-startdate", "-2y", "-validity", "365")
                .add("future", "-startdate", "+1y")
                .add("clock", "-startdate", "-3y", "-validity", "3650", "-ext", "eku=timeStamping")
                .add("short", "-keyalg", "RSA", "-keysize", "1024")
                .add("authority", "-ext", "bc:c=ca:true")
                .addSignedBy("authority", "member", "-ext", "eku=codeSigning")
                .addSignedBy("authority", "web", "-ext", "eku=serverAuth")
                .addSignedBy("authority", "former", "-startdate", "-2y", "-validity", "365")
                .addSignedBy("alice", "friend");
    }

    @Test
    public void aTrustedSignerPassesAndAnAuthorityVouchesForItsMembers() throws Exception {
        trusted("alice");
        accepted(keys.signed(bundle("1.0"), "alice"));
        accepted(keys.signed(bundle("1.0"), "alice", "SHA-512"));
        trusted("authority");
        accepted(keys.signed(bundle("1.0"), "member"));
        trusted("member");
        accepted(keys.signed(bundle("1.0"), "member"));
    }

    @Test
    public void oneOfTwoSignersIsEnough() throws Exception {
        trusted("alice");
        accepted(keys.signed(keys.signed(bundle("1.0"), "mallory"), "alice"));
        accepted(keys.signed(keys.signed(bundle("1.0"), "alice"), "past"));
    }

    @Test
    public void p04_anUnknownSignerIsRefused() throws Exception {
        trusted("alice");
        refused(keys.signed(bundle("1.0"), "mallory"), "Its signer CN=mallory is not known");
        refused(keys.signed(bundle("1.0"), "member"), "Its signer CN=member is not known");
    }

    @Test
    public void p04_aSignerIsNoAuthority() throws Exception {
        trusted("alice");
        refused(keys.signed(bundle("1.0"), "friend"), "Its signer CN=friend is not known");
    }

    @Test
    public void p04_anExpiredCertificateIsRefused() throws Exception {
        trusted("past", "authority");
        refused(keys.signed(bundle("1.0"), "past"), "CN=past, with which it is signed, expired at 20");
        refused(keys.signed(bundle("1.0"), "former"), "CN=former, with which it is signed, expired at 20");
    }

    @Test
    public void p04_aCertificateOfTheFutureIsRefused() throws Exception {
        trusted("future");
        refused(keys.signed(bundle("1.0"), "future"), "is valid only from 20");
    }

    @Test
    public void p04_aRevokedCertificateIsRefused() throws Exception {
        trusted("alice", "authority");
        String fingerprint = SignerCheck.fingerprint(keys.certificate("alice"));
        String withColons = fingerprint.toUpperCase().replaceAll("(..)(?=.)", "$1:");
        revoked = List.of(withColons, SignerCheck.fingerprint(keys.certificate("authority")));
        refused(keys.signed(bundle("1.0"), "alice"), "CN=alice, with which it is signed, is revoked");
        refused(keys.signed(bundle("1.0"), "member"), "CN=authority, with which it is signed, is revoked");
    }

    @Test
    public void p04_aCertificateForAnotherPurposeIsRefused() throws Exception {
        trusted("authority");
        refused(keys.signed(bundle("1.0"), "web"), "CN=web is not for signing code");
    }

    @Test
    public void p04_aShortKeyIsRefused() throws Exception {
        trusted("short");
        refused(keys.signed(bundle("1.0"), "short"), "CN=short is too weak: 1024 bits of RSA");
    }

    @Test
    public void aSignatureOutlivesItsCertificateIfATrustedAuthorityStampedItBefore() throws Exception {
        Date before = certificate("past").getNotAfter();
        Set<X509Certificate> trusted = Set.of(certificate("past"), certificate("clock"), certificate("alice"));
        new SignerCheck(trusted, Set.of()).refuse(stamped("past", before, "clock"));
        for (String noAuthority : List.of("mallory", "alice")) {
            assertThatThrownBy(() -> new SignerCheck(trusted, Set.of()).refuse(stamped("past", before, noAuthority)))
                    .isInstanceOf(Rejection.class)
                    .hasMessageContaining("expired at");
        }
        assertThatThrownBy(() -> new SignerCheck(trusted, Set.of())
                        .refuse(stamped("past", Date.from(before.toInstant().plusSeconds(1)), "clock")))
                .hasMessageContaining("expired at");
        Set<String> revoked = Set.of(SignerCheck.fingerprint(certificate("clock")));
        assertThatThrownBy(() -> new SignerCheck(trusted, revoked).refuse(stamped("past", before, "clock")))
                .hasMessageContaining("expired at");
    }

    private static CodeSigner stamped(String signer, Date at, String authority) throws Exception {
        return new CodeSigner(path(signer), new Timestamp(at, path(authority)));
    }

    private static CertPath path(String name) throws Exception {
        return CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate(name)));
    }

    private static X509Certificate certificate(String name) throws Exception {
        return keys.certificate(name);
    }

    private void trusted(String... names) throws Exception {
        store = keys.trustStore(names);
    }

    private void accepted(byte[] jar) throws IOException, Rejection {
        check(Files.write(folder.getRoot().toPath().resolve("test.jar"), jar));
    }

    private void refused(byte[] jar, String reason) throws IOException {
        Path file = Files.write(folder.getRoot().toPath().resolve("test.jar"), jar);
        assertThatThrownBy(() -> check(file)).isInstanceOf(Rejection.class).hasMessageContaining(reason);
    }

    private void check(Path file) throws IOException, Rejection {
        Signers.read(store, Keys.PASSWORD.toCharArray(), revoked).refuse(Signatures.of(file));
    }
}

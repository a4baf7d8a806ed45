package org.latchkey.web.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AuthorityFilesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicLong clock = new AtomicLong();

    @Test
    public void filesAreTakenUpLiveAndWhileOneIsBrokenNobodyIsTrusted() throws Exception {
        Path file = folder.getRoot().toPath().resolve("ca.pem");
        AuthorityFiles files = new AuthorityFiles(Optional.of(file), Optional.empty(), clock::get);
        assertThat(files.now().certificates()).isEmpty();
        assertThat(files.fault()).isEqualTo("ca.pem cannot be read as certificates");
        TestAuthority root = TestAuthority.root("CN=Root");
        Files.write(file, root.certificate().getEncoded());
        assertThat(files.now().certificates())
                .as("it is not looked at all the time")
                .isEmpty();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(files.now().certificates()).containsExactly(root.certificate());
        assertThat(files.fault()).isEmpty();
        Files.writeString(file, "nothing");
        clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(files.now().certificates()).isEmpty();
        Files.write(file, root.issue("CN=ada", KeyPurposeId.id_kp_clientAuth).getEncoded());
        clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(files.fault()).isEqualTo("ca.pem has a certificate that is not of an authority (CA)");
    }

    @Test
    public void withoutTheListsThatAreAskedForNobodyIsTrusted() throws Exception {
        Path file = folder.getRoot().toPath().resolve("ca.pem");
        Files.write(file, TestAuthority.root("CN=Root").certificate().getEncoded());
        Path lists = folder.getRoot().toPath().resolve("ca.crl");
        AuthorityFiles files = new AuthorityFiles(Optional.of(file), Optional.of(lists), clock::get);
        assertThat(files.now().certificates()).isEmpty();
        assertThat(files.fault()).isEqualTo("ca.crl cannot be read as revocation lists");
    }
}

package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CertificateFilesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path certificate;
    private Path key;
    private CertificateFiles files;
    private TlsIdentity first;

    @Before
    public void first() throws Exception {
        certificate = folder.getRoot().toPath().resolve("c.pem");
        key = folder.getRoot().toPath().resolve("k.pem");
        files = new CertificateFiles(certificate, key);
        write(Pem.ec());
        first = files.first();
    }

    @Test
    public void whatDoesNotChangeIsNotFresh() throws IOException {
        assertNothing(files.look(), "");
        Files.write(certificate, Files.readAllBytes(certificate));
        assertNothing(files.look(), "");
    }

    @Test
    public void aNewPairIsFreshOnce() throws Exception {
        write(Pem.ec());
        TlsIdentity second = files.look().fresh().orElseThrow();
        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertNothing(files.look(), "");
    }

    @Test
    public void betweenTheTwoFilesThereIsAMomentOfPatience() throws Exception {
        Pem second = Pem.ec();
        Files.write(key, second.key());
        assertNothing(files.look(), "");
        Files.write(certificate, second.certificate());
        assertThat(files.look().fresh()).isPresent();
    }

    @Test
    public void aBrokenPairIsAFaultUntilThereIsAGoodOne() throws Exception {
        Files.write(key, Pem.ec().key());
        assertNothing(files.look(), "");
        assertNothing(files.look(), "the key is not that of the certificate");
        assertNothing(files.look(), "the key is not that of the certificate");
        write(Pem.ec());
        CertificateFiles.Found good = files.look();
        assertThat(good.fault()).isEmpty();
        assertThat(good.fresh()).isPresent();
    }

    @Test
    public void backToTheOldPairIsNoFaultAndNotFresh() throws Exception {
        byte[] old = Files.readAllBytes(key);
        Files.write(key, Pem.ec().key());
        files.look();
        assertThat(files.look().fault()).isNotEmpty();
        Files.write(key, old);
        assertNothing(files.look(), "");
    }

    @Test
    public void aMissingFileIsAFaultThatNamesIt() throws IOException {
        Files.delete(key);
        files.look();
        assertNothing(files.look(), "k.pem cannot be read");
    }

    private void write(Pem pem) throws IOException {
        Files.write(certificate, pem.certificate());
        Files.write(key, pem.key());
    }

    private static void assertNothing(CertificateFiles.Found found, String fault) {
        assertThat(found.fresh()).isEmpty();
        assertThat(found.fault()).isEqualTo(fault);
    }
}

package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SoundZipTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void anOrdinaryZipIsSound() throws Exception {
        accepted(RawZip.bundle().with("a/", "").with("a/b.txt", "x").toBytes());
        accepted(deflated(1, 1000));
    }

    @Test
    public void p02_everyPrefixOfAZipIsDamagedAndNothingElseIsThrown() throws Exception {
        byte[] whole = deflated(3, 100);
        for (int length = 1; length < whole.length; length++) {
            Path file = file(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SoundZip.refuse(file)).isInstanceOf(Rejection.class);
        }
    }

    @Test
    public void p02_anyFlippedByteIsRefusedOrHarmlessAndNothingElseIsThrown() throws Exception {
        byte[] whole = deflated(3, 100);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) 0xFF;
            Path file = file(flipped);
            try {
                SoundZip.refuse(file);
            } catch (Rejection expected) {
                assertThat(expected.getMessage()).doesNotContain("\n");
            }
        }
    }

    @Test
    public void p05_twoEntriesOfTheSameNameAreRefused() throws Exception {
        refused(RawZip.bundle().with("a", "one").with("a", "two").toBytes(), "two entries named a");
    }

    @Test
    public void p05_aDirectoryThatNamesTheContentOtherwiseIsRefused() throws Exception {
        refused(RawZip.bundle().with("a", "b", "x", 0).toBytes(), "do not agree about the entry a");
    }

    @Test
    public void p05_oneContentListedTwiceIsRefused() throws Exception {
        refused(RawZip.bundle().with("a", "x").listedAgainAs("b").toBytes(), "overlap");
    }

    @Test
    public void p05_contentThatIsNotListedIsRefused() throws Exception {
        refused(RawZip.bundle().hidden("META-INF/MANIFEST.MF", new byte[9]).toBytes(), "does not list");
        refused(RawZip.bundle().hidden("evil.class", new byte[9]).with("a", "x").toBytes(), "does not list");
        byte[] tail = Arrays.copyOf(RawZip.bundle().toBytes(), 400);
        refused(tail, "truncated or damaged");
    }

    @Test
    public void p05_aManifestInOtherSpellingIsRefused() throws Exception {
        refused(RawZip.bundle().with("META-INF/Manifest.mf", "x").toBytes(), "could be mistaken");
        refused(RawZip.bundle().with("meta-inf/A.SF", "x").toBytes(), "could be mistaken");
    }

    @Test
    public void p08_namesThatLeadOutOfTheJarAreRefused() throws Exception {
        for (String name : new String[] {
            "../../etc/x",
            "a/../../x",
            "a/..",
            "/etc/x",
            "C:\\x",
            "c:x",
            "a\\..\\x",
            "a\0.txt",
            "a//b",
            "./a",
            "a\nb",
            "/"
        }) {
            refused(RawZip.bundle().with(name, "").toBytes(), "leads out of the jar");
        }
    }

    @Test
    public void p08_symbolicLinksAndDevicesAreRefused() throws Exception {
        refused(RawZip.bundle().with("a", "a", "/etc/passwd", 0120777).toBytes(), "symbolic link");
        refused(RawZip.bundle().with("a", "a", "", 0020666).toBytes(), "special file");
        refused(RawZip.bundle().with("a/", "a/", "", 0120777).toBytes(), "symbolic link");
        accepted(RawZip.bundle().with("a", "a", "x", 0100644).toBytes());
        accepted(RawZip.bundle().with("a/", "a/", "", 0140755).toBytes());
    }

    @Test
    public void p09_aBombIsRefusedBeforeItIsUnpacked() throws Exception {
        byte[] bomb = deflated(1, 100 << 20);
        assertThat(bomb.length).isLessThan(200_000);
        refused(bomb, "Unpacked it is larger than 512 MiB, or than 100 times itself");
    }

    @Test
    public void p09_aBombWithinAJarIsRefused() throws Exception {
        byte[] inner = deflated(1, 100 << 20);
        refused(RawZip.changed(inner, content -> Map.of("lib/inner.jar", inner)), "Unpacked it is larger");
    }

    @Test
    public void p09_tooManyEntriesAreRefusedAlsoWithinAJar() throws Exception {
        byte[] many = deflated(20_001, 0);
        refused(many, "more than 20000 entries");
        refused(RawZip.changed(many, content -> Map.of("lib/inner.jar", many)), "counted with the jars in it");
    }

    @Test
    public void p09_jarsWithinJarsWithinJarsAreRefused() throws Exception {
        byte[] nested = deflated(1, 10);
        for (int depth = 2; depth <= 3; depth++) {
            nested = within(nested);
            accepted(nested);
        }
        refused(within(nested), "more than 3 deep");
        for (int depth = 4; depth < 100; depth++) {
            nested = within(nested);
        }
        refused(nested, "more than 3 deep");
    }

    @Test
    public void p09_aDamagedJarWithinAJarIsRefused() throws Exception {
        byte[] inner = deflated(1, 1000);
        byte[] half = Arrays.copyOf(inner, 45);
        refused(RawZip.changed(inner, content -> Map.of("lib/inner.jar", half)), "damaged");
    }

    @Test
    public void p02_contentThatIsNotWhatItsChecksumSaysIsRefused() throws Exception {
        byte[] zip = RawZip.bundle().with("a", "content").toBytes();
        int at = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("content");
        zip[at] = 'C';
        refused(zip, "the entry a is not what its checksum says");
    }

    private static byte[] within(byte[] jar) throws IOException {
        return RawZip.changed(jar, content -> Map.of("lib/inner.jar", jar));
    }

    private static byte[] deflated(int entries, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries; i++) {
                zip.putNextEntry(new ZipEntry("entry" + i));
                byte[] piece = new byte[Math.min(size, 1 << 20)];
                for (int left = size; left > 0; left -= piece.length) {
                    zip.write(piece);
                }
            }
        }
        return bytes.toByteArray();
    }

    private void accepted(byte[] content) throws IOException {
        Path file = file(content);
        assertThatCode(() -> SoundZip.refuse(file)).doesNotThrowAnyException();
    }

    private void refused(byte[] content, String reason) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> SoundZip.refuse(file))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(reason);
        assertThat(folder.getRoot().listFiles()).hasSize(1);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.getRoot().toPath().resolve("test.jar"), content);
    }
}

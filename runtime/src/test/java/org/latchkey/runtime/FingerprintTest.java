package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FingerprintTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path features;
    private Path jar;

    @Before
    public void distribution() throws IOException {
        features = folder.newFolder("features").toPath();
        Files.writeString(features.resolve("core.json"), "{}");
        jar = folder.newFile("a.jar").toPath();
        zip("one");
    }

    @Test
    public void theSameFilesGiveTheSame() throws IOException {
        String before = fingerprint();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    public void aChangedFeatureGivesAnother() throws IOException {
        String before = fingerprint();
        Files.writeString(features.resolve("core.json"), "[]");
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    @Test
    public void aFurtherFeatureGivesAnother() throws IOException {
        String before = fingerprint();
        Files.writeString(features.resolve("empty.json"), "");
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    @Test
    public void aJarOfTheSameSizeAndTimeWithOtherContentGivesAnother() throws IOException {
        String before = fingerprint();
        long size = Files.size(jar);
        FileTime time = Files.getLastModifiedTime(jar);
        zip("two");
        Files.setLastModifiedTime(jar, time);
        assertThat(Files.size(jar)).isEqualTo(size);
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    @Test
    public void aMissingJarIsRefused() throws IOException {
        Files.delete(jar);
        assertThatThrownBy(this::fingerprint)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("not complete")
                .hasMessageContaining("a.jar");
    }

    private String fingerprint() {
        return Fingerprint.of(features, List.of(jar));
    }

    /** A jar much larger than what is read of it, whose first entry holds the text. */
    private void zip(String text) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(0);
            entry(zip, "text", text.getBytes(StandardCharsets.UTF_8));
            byte[] noise = new byte[300_000];
            new Random(1).nextBytes(noise);
            entry(zip, "noise", noise);
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}

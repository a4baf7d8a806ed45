package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.kernel.testing.RunningFramework;

public class JarReaderTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aBundleIsReadWithNameVersionAndSum() throws Exception {
        byte[] bundle = RunningFramework.jar(
                Map.of("Bundle-SymbolicName", "org.a; singleton:=true", "Bundle-Version", "1.2.3"));
        Jar jar = JarReader.read(file(bundle));
        assertThat(jar.symbolicName()).isEqualTo("org.a");
        assertThat(jar.version()).hasToString("1.2.3");
        assertThat(jar.sha256()).matches("[0-9a-f]{64}");
        assertThat(JarReader.mayGrow(file(bundle))).isFalse();
    }

    @Test
    public void p02_whatIsNoJarIsRejectedWithAReadableReason() throws Exception {
        refused(new byte[0], "empty");
        refused("<html>404 Not Found</html>".getBytes(StandardCharsets.UTF_8), "not a jar");
        refused(RunningFramework.half(RunningFramework.jar(Map.of("Bundle-SymbolicName", "org.a"))), "truncated");
        refused(zip("nothing.txt"), "no manifest");
        refused(RunningFramework.jar(Map.of()), "not an OSGi bundle");
        refused(RunningFramework.jar(Map.of("Bundle-SymbolicName", "a", "Bundle-Version", "one")), "not a version");
    }

    @Test
    public void p10_aSymbolicNameThatIsNoNameIsRejected() throws Exception {
        for (String name : new String[] {"../../x", "a/b", "a b", "a..b", ".", "org.\u00e4"}) {
            refused(RunningFramework.jar(Map.of("Bundle-SymbolicName", name)), "is not a name");
        }
    }

    @Test
    public void p05_aHeaderThatStandsTwiceIsRejected() throws Exception {
        String twice = "Manifest-Version: 1.0\nBundle-SymbolicName: org.a\nbundle-symbolicname: org.b\n";
        refused(new RawZip().with("META-INF/MANIFEST.MF", twice).toBytes(), "is there twice");
    }

    @Test
    public void p05_aManifestThatTwoReadersCouldReadInTwoWaysIsRejected() throws Exception {
        for (String manifest : new String[] {
            "Bundle-SymbolicName: org.a\rExport-Package: org.b\n",
            "Bundle-SymbolicName: org.a",
            "Bundle-SymbolicName: org.a\nno header\n",
            "Bundle-SymbolicName:org.a\n",
            " Bundle-SymbolicName: org.a\n"
        }) {
            refused(new RawZip().with("META-INF/MANIFEST.MF", manifest).toBytes(), "manifest is malformed");
        }
    }

    @Test
    public void p01_theBeginningOfAJarMayGrow() throws Exception {
        byte[] bundle = RunningFramework.jar(Map.of("Bundle-SymbolicName", "org.a"));
        assertThat(JarReader.mayGrow(file(new byte[0]))).isTrue();
        assertThat(JarReader.mayGrow(file(RunningFramework.half(bundle)))).isTrue();
        assertThat(JarReader.mayGrow(file("<html>".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
    }

    private void refused(byte[] content, String reason) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> JarReader.read(file))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(reason);
    }

    private Path file(byte[] content) throws IOException {
        Path file = Files.createTempFile(folder.getRoot().toPath(), "test", ".jar");
        return Files.write(file, content);
    }

    private static byte[] zip(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
        }
        return bytes.toByteArray();
    }
}

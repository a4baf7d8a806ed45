package org.latchkey.kernel.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.kernel.jar.Jar;

public class RestorationTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path deploy;
    private DeployFolder files;
    private GoodJars goodJars;
    private Restoration restoration;

    @Before
    public void open() throws IOException {
        deploy = folder.newFolder("deploy").toPath();
        files = new DeployFolder(deploy, () -> Duration.ZERO);
        goodJars = new GoodJars(folder.getRoot().toPath().resolve("data"), deploy);
        restoration = new Restoration(files, goodJars);
    }

    @Test
    public void theGoodOneComesBackInThePlaceOfTheBadOne() throws IOException {
        Jar good = good("x.jar", "1.0.0");
        put("x.jar", "2.0.0");
        look();
        restoration.replace(good.file(), Optional.of(good));
        assertThat(files.holds(good)).isTrue();
        assertThat(versionIn("x.jar")).isEqualTo("1.0.0");
        assertThat(deploy.toFile().list()).containsExactly("x.jar");
    }

    @Test
    public void theGoodOneComesBackBesideAndTheBadOneGoes() throws IOException {
        Jar good = good("x-1.jar", "1.0.0");
        Files.delete(good.file());
        put("x-2.jar", "2.0.0");
        look();
        restoration.replace(deploy.resolve("x-2.jar"), Optional.of(good));
        assertThat(deploy.toFile().list()).containsExactly("x-1.jar");
        assertThat(files.jars()).containsExactly(good);
    }

    /** Whoever has seen that the good one serves again may be quicker with the next than the server with its files. */
    @Test
    public void aJarThatCameWhereTheGoodOneLayStaysAndIsLookedAt() throws IOException {
        Jar good = good("x-1.jar", "1.0.0");
        put("x-2.jar", "2.0.0");
        look();
        put("x-1.jar", "3.0.0");
        restoration.replace(deploy.resolve("x-2.jar"), Optional.of(good));
        assertThat(versionIn("x-1.jar")).isEqualTo("3.0.0");
        assertThat(deploy.toFile().list()).containsExactly("x-1.jar");
        look();
        assertThat(files.jars()).extracting(jar -> jar.version().toString()).containsExactly("3.0.0");
    }

    @Test
    public void aJarThatCameInThePlaceOfTheBadOneStaysAndIsLookedAt() throws IOException {
        Jar good = good("x.jar", "1.0.0");
        put("x.jar", "2.0.0");
        look();
        put("x.jar", "3.0.0");
        restoration.replace(good.file(), Optional.of(good));
        assertThat(versionIn("x.jar")).isEqualTo("3.0.0");
        look();
        assertThat(files.jars()).extracting(jar -> jar.version().toString()).containsExactly("3.0.0");
    }

    private Jar good(String file, String version) throws IOException {
        put(file, version);
        look();
        Jar jar = files.jars().get(0);
        goodJars.keep(jar);
        goodJars.prove(jar);
        return jar;
    }

    private void look() throws IOException {
        files.look();
        assertThat(files.look()).isEmpty();
    }

    private void put(String file, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.x");
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        Path next = folder.getRoot().toPath().resolve("next");
        try (OutputStream content = Files.newOutputStream(next);
                JarOutputStream jar = new JarOutputStream(content, manifest)) {
            jar.finish();
        }
        Files.move(next, deploy.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private String versionIn(String file) throws IOException {
        try (JarFile jar = new JarFile(deploy.resolve(file).toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Bundle-Version");
        }
    }
}

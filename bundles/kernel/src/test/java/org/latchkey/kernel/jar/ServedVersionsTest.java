package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Version;

public class ServedVersionsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path file;

    @Before
    public void nothingHasServed() {
        file = folder.getRoot().toPath().resolve("trust/served.properties");
    }

    @Test
    public void p07_aLowerVersionThanTheHighestThatServedIsRefused() throws Exception {
        ServedVersions served = new ServedVersions(file);
        served.refuseLower(jar("1.0"));
        served.raise(jar("1.10"));
        served.raise(jar("1.9"));
        refused("1.9", "org.a 1.10.0 has served");
        served.refuseLower(jar("1.10"));
        served.refuseLower(jar("1.10.0.fix"));
    }

    @Test
    public void p07_theMemoryOutlivesARestartAndIsOneFile() throws Exception {
        new ServedVersions(file).raise(jar("2.0"));
        refused("1.0", "It is a downgrade");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    public void aRollbackByHandAllowsTheEarlierVersionAgain() throws Exception {
        new ServedVersions(file).raise(jar("2.0"));
        new ServedVersions(file).set(jar("1.5"));
        new ServedVersions(file).refuseLower(jar("1.5"));
        refused("1.4", "1.5.0 has served");
    }

    @Test
    public void p07_aDamagedMemoryRefuses() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "org.a=not a version\n");
        refused("1.0", "is damaged");
    }

    private void refused(String version, String reason) throws IOException {
        assertThatThrownBy(() -> new ServedVersions(file).refuseLower(jar(version)))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(reason);
    }

    private static Jar jar(String version) {
        return new Jar(Path.of("a.jar"), "org.a", Version.parseVersion(version), "");
    }
}

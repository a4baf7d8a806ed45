package org.latchkey.kernel.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.Sha256;
import org.osgi.framework.Version;

public class GoodJarsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path deploy;
    private GoodJars goodJars;

    @Before
    public void open() throws IOException {
        deploy = folder.newFolder("deploy").toPath();
        goodJars = reopened();
    }

    private GoodJars reopened() throws IOException {
        return new GoodJars(folder.getRoot().toPath().resolve("data"), deploy);
    }

    private Jar jar(String file, String version) throws IOException {
        Path path = Files.writeString(deploy.resolve(file), "version " + version);
        return new Jar(path, "org.x", Version.parseVersion(version), Sha256.of(path));
    }

    private Jar good(String file, String version) throws IOException {
        Jar jar = jar(file, version);
        goodJars.keep(jar);
        goodJars.prove(jar);
        return jar;
    }

    @Test
    public void theJarBeforeIsRememberedOverARestartAndIsStagedWhereItLay() throws IOException {
        Jar one = good("x.jar", "1.0.0");
        Jar two = good("x.jar", "2.0.0");
        GoodJars again = reopened();
        assertThat(again.isProven(one)).isTrue();
        assertThat(again.before(two)).contains(one);
        assertThat(again.stage(one)).hasContent("version 1.0.0");
        assertThat(again.lastAt(one.file())).contains(two);
    }

    @Test
    public void aJarThatIsNotSoGoodAfterAllIsNoPlaceToGoBackTo() throws IOException {
        Jar one = good("x.jar", "1.0.0");
        Jar two = good("x.jar", "2.0.0");
        goodJars.disprove(one);
        assertThat(goodJars.before(two)).isEmpty();
        assertThat(reopened().isProven(one)).isFalse();
    }

    @Test
    public void aFileThatChangedMeanwhileIsNotKept() throws IOException {
        Jar one = jar("x.jar", "1.0.0");
        Files.writeString(one.file(), "something else");
        assertThat(goodJars.keep(one)).isEqualTo(Optional.empty());
        Files.delete(one.file());
        assertThat(goodJars.keep(one)).isEqualTo(Optional.empty());
        assertThat(folder.getRoot().toPath().resolve("data/plugins")).isEmptyDirectory();
    }

    @Test
    public void copiesThatNobodyNeedsAreDropped() throws IOException {
        Jar one = good("x.jar", "1.0.0");
        Jar unproven = jar("y.jar", "1.1.0");
        goodJars.keep(unproven);
        goodJars.keepOnly(Set.of("org.x"), Set.of(unproven.sha256()));
        assertThat(goodJars.keep(unproven).orElseThrow()).exists();
        goodJars.keepOnly(Set.of(), Set.of());
        assertThat(goodJars.isProven(one)).isFalse();
        try (var left = Files.list(folder.getRoot().toPath().resolve("data/plugins"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("good.json");
        }
    }

    @Test
    public void aDamagedListPutsEveryPluginOnProbationAgain() throws IOException {
        Jar one = good("x.jar", "1.0.0");
        Files.writeString(folder.getRoot().toPath().resolve("data/plugins/good.json"), "{\"org.x\":");
        assertThat(reopened().isProven(one)).isFalse();
    }
}

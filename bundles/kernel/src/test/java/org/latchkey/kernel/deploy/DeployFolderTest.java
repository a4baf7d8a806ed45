package org.latchkey.kernel.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DeployFolderTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private DeployFolder deploy() {
        return new DeployFolder(folder.getRoot().toPath(), () -> Duration.ZERO);
    }

    private Path file() {
        return folder.getRoot().toPath().resolve("plugin.jar");
    }

    @Test
    public void aFileThatWasJudgedIsTakenAway() throws Exception {
        DeployFolder deploy = deploy();
        Files.writeString(file(), "not a jar");
        assertThat(deploy.firstLook()).containsOnlyKeys(file());
        deploy.delete(file());
        assertThat(file()).doesNotExist();
    }

    /** Whoever has seen why the first one is bad may be quicker with the next than the server with taking it away. */
    @Test
    public void aFileThatCameInItsPlaceStaysAndIsLookedAt() throws Exception {
        DeployFolder deploy = deploy();
        Files.writeString(file(), "not a jar");
        assertThat(deploy.firstLook()).containsOnlyKeys(file());
        Path next = Files.writeString(folder.getRoot().toPath().resolve("next"), "no jar either");
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
        deploy.delete(file());
        assertThat(file()).hasContent("no jar either");
        deploy.look();
        assertThat(deploy.look()).containsOnlyKeys(file());
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Test;
import org.latchkey.itest.server.Server;

/** The page of every setting is what the bundles say of their settings at this moment. */
public class SettingsReferenceTest {

    @Test
    public void thePageIsWhatTheBundlesSay() throws IOException {
        Path command = Path.of(System.getProperty("latchkey.distribution"), "bin", "latchkey");
        Server.Answer made = Server.run(new ProcessBuilder(command.toString(), "config", "reference"), "");
        assertThat(made.exitCode()).as(made.err()).isEqualTo(0);
        assertThat(made.out()).contains("## latchkey.oauth.scope\n", "| `passwordSeconds` | integer | `0` |");
        assertThat(Files.readString(Path.of("../runtime/docs/settings.md")))
                .as("make it anew: runtime/target/latchkey/bin/latchkey config reference > runtime/docs/settings.md")
                .isEqualTo(made.out());
    }
}

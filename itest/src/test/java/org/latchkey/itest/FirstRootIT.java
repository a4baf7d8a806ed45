package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Installation;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Where the secret of root comes from, and the way in when it is lost. */
public class FirstRootIT {

    private static final int REFUSED = 1;
    private static final int NOT_RUNNING = 3;

    @Rule
    public final Installation installation = new Installation();

    @Test
    public void aSecretThatCannotBeUsedRefusesTheStart() {
        Server.Answer refused = installation.run("start", "LATCHKEY_ROOT_SECRET", "x".repeat(1025));
        assertThat(refused.exitCode()).as(refused.out()).isEqualTo(REFUSED);
        assertThat(refused.err()).contains("A secret is at most 1024 bytes.");
    }

    @Test
    public void theRootSecretOfTheEnvironmentIsNeitherWrittenNorPrinted() {
        String secret = "a secret of the environment";
        Server.Answer started = installation.run("start", "LATCHKEY_ROOT_SECRET", secret);
        assertThat(started.exitCode()).as(started.err()).isEqualTo(0);
        assertRootSignsInOnlyWith(secret, started.out());
    }

    @Test
    public void theRootSecretOfAFileIsNeitherWrittenNorPrinted() throws IOException {
        String secret = "a secret of a file";
        Path file = Files.writeString(installation.home().resolve("my secret"), secret + "\n");
        Server.Answer started = installation.run("start", "LATCHKEY_ROOT_SECRET_FILE", file.toString());
        assertThat(started.exitCode()).as(started.err()).isEqualTo(0);
        assertRootSignsInOnlyWith(secret, started.out());
    }

    private void assertRootSignsInOnlyWith(String secret, String printed) {
        assertThat(installation.http().check("root", secret)).isTrue();
        assertThat(installation.http().check("root", secret + "\n")).isFalse();
        assertThat(installation.rootSecretFile()).doesNotExist();
        assertThat(printed).doesNotContain(secret, "The secret of root");
        assertThat(installation.logs()).doesNotContain(secret);
    }

    @Test
    public void bootstrapIsRefusedWhileTheServerRunsAndElseSetsANewSecret() {
        Process server = installation.serve();
        String old = installation.rootSecret();
        Server.Answer refused = installation.run("bootstrap");
        assertThat(refused.exitCode()).isEqualTo(REFUSED);
        assertThat(refused.err()).contains("another server uses the data directory");
        assertThat(installation.rootSecret()).isEqualTo(old);
        assertThat(installation.http().check("root", old)).isTrue();
        server.destroy();
        assertThat(Installation.exitCode(server)).isEqualTo(0);

        Server.Answer done = installation.run("bootstrap");
        assertThat(done.exitCode()).as(done.err()).isEqualTo(0);
        String fresh = installation.rootSecret();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(done.out()).contains(fresh);
        assertThat(installation.run("status").exitCode()).isEqualTo(NOT_RUNNING);
        installation.serve();
        assertThat(installation.http().check("root", fresh)).isTrue();
        assertThat(installation.http().check("root", old)).isFalse();
        assertThat(installation.logs()).doesNotContain(old, fresh);
    }

    @Test
    public void bootstrapTakesTheSecretOfTheEnvironmentAndTheOldFileDoesNotLie() {
        Process server = installation.serve();
        server.destroy();
        assertThat(Installation.exitCode(server)).isEqualTo(0);
        String chosen = "chosen by the operator";
        Server.Answer done = installation.run("bootstrap", "LATCHKEY_ROOT_SECRET", chosen);
        assertThat(done.exitCode()).as(done.err()).isEqualTo(0);
        assertThat(done.out()).doesNotContain(chosen);
        installation.serve();
        assertThat(installation.http().check("root", chosen)).isTrue();
        assertThat(installation.rootSecretFile()).doesNotExist();
    }

    @Test
    public void bootstrapUnlocksRootAndRunsNoPlugin() throws Exception {
        Process server = installation.serve();
        installation.root().post("/api/v1/entities/root/lock", "");
        server.destroy();
        assertThat(Installation.exitCode(server)).isEqualTo(0);
        installation.deploy(
                PluginJar.named("org.example.loud").source("Loud", """
                        @Component(immediate = true, service = Loud.class)
                        public final class Loud {
                            @Activate public Loud() { System.out.println("the plugin runs"); }
                        }
                        """).build());
        Server.Answer done = installation.run("bootstrap");
        assertThat(done.exitCode()).as(done.err()).isEqualTo(0);
        assertThat(done.out() + done.err()).doesNotContain("the plugin runs");
        installation.serve();
        assertThat(installation.http().check("root", installation.rootSecret())).isTrue();
        assertThat(installation.output()).contains("the plugin runs");
    }

    /** Row 80: offline, unattended, and the same as often as it is done. */
    @Test
    public void row80_bootstrapIsIdempotentAndTakesFlags() throws IOException {
        Path secret = Files.writeString(installation.home().resolve("the secret"), "of the operator\n");
        for (int i = 0; i < 2; i++) {
            Server.Answer done = installation.runWords("bootstrap", "--root-secret-file=" + secret, "--data=other");
            assertThat(done.exitCode()).as(done.err()).isEqualTo(0);
            assertThat(done.out() + done.err()).doesNotContain("of the operator");
        }
        assertThat(installation.runWords("start", "--data=other").exitCode()).isEqualTo(0);
        Path data = installation.home().resolve("other");
        assertThat(installation.runWords("status", "--data=other").exitCode()).isEqualTo(0);
        String url = Files.readString(data.resolve("latchkey.url")).strip();
        assertThat(new Http(url).check("root", "of the operator")).isTrue();
        assertThat(data.resolve("root-secret")).doesNotExist();
        Server.Answer refused = installation.runWords("bootstrap", "--data=other");
        assertThat(refused.exitCode()).isEqualTo(REFUSED);
        assertThat(refused.err()).contains("another server uses the data directory");
        assertThat(installation.runWords("stop", "--data=other").exitCode()).isEqualTo(0);
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Installation;
import org.latchkey.itest.server.Server;

/** Row 87: settings by flag, environment and file, in this order, and what the command line tells of them. */
public class ConfigShowIT {

    private static final int FAULTY = 1;
    private static final int MISUSED = 2;

    @Rule
    public final Installation installation = new Installation();

    @Test
    public void row87_aFlagCountsBeforeTheEnvironmentBeforeTheFile() throws IOException {
        Path file = etc("latchkey", "public.url=\"https://file.example\"", "http.port=\"7\"", "log=\"my logs\"");
        assertOrigin(List.of(), "latchkey.public.url", "https://file.example", file + ":1");
        assertOrigin(List.of(), "latchkey.http.port", "0", "environment LATCHKEY_HTTP_PORT");
        assertOrigin(List.of("--http-port=9"), "latchkey.http.port", "9", "flag --http-port");
        assertOrigin(
                List.of(),
                "latchkey.log",
                installation.home().resolve("my logs").toString(),
                file + ":3");
        assertOrigin(List.of(), "latchkey.http.host", "127.0.0.1", "default");
    }

    /** The same start, seen from outside: where it listens, where its data are, what it takes for its name. */
    @Test
    public void row87_theServerTakesThemInThatOrder() throws IOException {
        etc("latchkey", "data=\"my data\"", "http.port=\"1\"", "public.url=\"https://file.example\"");
        Server.Answer started = installation.runWords("start", "--public-url=https://flag.example");
        assertThat(started.exitCode()).as(started.err()).isEqualTo(0);
        Path data = installation.home().resolve("my data");
        assertThat(data.resolve("latchkey.url"))
                .as("a relative path begins at the home")
                .exists();
        assertThat(installation.run("status").exitCode()).isEqualTo(0);
        assertThat(installation.runWords("shell", "status").out()).contains("ready");
        assertThat(installation.run("stop").exitCode()).isEqualTo(0);
        assertThat(data.resolve("latchkey.pid")).doesNotExist();
    }

    @Test
    public void aDataDirectoryThatTheStartScriptCannotReadIsRefused() throws IOException {
        etc("latchkey", "data=\"my \\\"data\\\"\"");
        Server.Answer refused = installation.run("run");
        assertThat(refused.exitCode()).isEqualTo(FAULTY);
        assertThat(refused.err()).contains("the start script takes the data directory for");
    }

    @Test
    public void secretsAreNeverShown() throws IOException {
        Path password = Files.writeString(installation.home().resolve("pw"), "hunter2-file\n");
        etc(
                "latchkey",
                "root.secret=\"hunter2-root\"",
                "db.url=\"jdbc:postgresql://db/x?user=u&password=hunter2-url\"");
        etc("latchkey.store", "\\.password=\"hunter2-pid\"", "connections=I\"5\"");
        for (String form : new String[] {"--origin", "--json"}) {
            Server.Answer shown = installation.runWords("config", "show", form, "--db-password-file=" + password);
            assertThat(shown.exitCode()).as(shown.err()).isEqualTo(0);
            assertThat(shown.out() + shown.err())
                    .doesNotContain("hunter2")
                    .contains("(set)", "latchkey.store/connections", password.toString());
        }
    }

    @Test
    public void checkFindsMistakesAndTheDefaultsHaveNone() throws IOException {
        Server.Answer fine = installation.runWords("config", "check");
        assertThat(fine.exitCode()).as(fine.out()).isEqualTo(0);
        Path tokens =
                etc("latchkey.tokens", "# minutes", "lifetimeSeconds=600", "keyBits=I\"1024\"", "keyBit=I\"4096\"");
        Server.Answer faulty = installation.runWords("config", "check");
        assertThat(faulty.exitCode()).isEqualTo(FAULTY);
        assertThat(faulty.out())
                .contains("error: " + tokens + ":2: lifetimeSeconds has no typed value")
                .contains("error: " + tokens + ":3: keyBits is at least 2048")
                .contains("warning: " + tokens + ":4: latchkey.tokens does not know keyBit; did you mean keyBits?");
        Files.delete(tokens);
        Server.Answer written = installation.runWords(
                "config", "defaults", "--out=" + installation.home().resolve("etc"));
        assertThat(written.exitCode()).as(written.err()).isEqualTo(0);
        assertThat(tokens).content().contains("#lifetimeSeconds=L\"600\"", "How long a token is valid");
        Server.Answer again = installation.runWords("config", "check");
        assertThat(again.exitCode()).as(again.out()).isEqualTo(0);
        assertThat(again.out()).doesNotContain("warning:");
        Server.Answer started = installation.run("start");
        assertThat(started.exitCode())
                .as("with every default file: " + started.err())
                .isEqualTo(0);
        assertThat(installation.run("stop").exitCode()).isEqualTo(0);
    }

    @Test
    public void whatIsNoFlagIsRefusedWithTheOneThatWasMeant() {
        for (String command : new String[] {"run", "start", "bootstrap"}) {
            Server.Answer refused = installation.runWords(command, "--http-prot=1");
            assertThat(refused.exitCode()).as(command).isEqualTo(FAULTY);
            assertThat(refused.err()).contains("--http-prot is no flag; did you mean --http-port?");
        }
        assertThat(installation.runWords("run", "--root-secret=hunter2").err())
                .contains("--root-secret-file=FILE")
                .doesNotContain("hunter2");
        assertThat(installation.runWords("run", "--safe-mode=x").exitCode()).isEqualTo(FAULTY);
        assertThat(installation.runWords("run", "word").exitCode()).isEqualTo(MISUSED);
        assertThat(installation.runWords("config", "fly").exitCode()).isEqualTo(MISUSED);
    }

    private Path etc(String pid, String... lines) throws IOException {
        Path file = installation.home().resolve("etc").resolve(pid + ".config");
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private void assertOrigin(List<String> flags, String name, String value, String origin) throws IOException {
        ProcessBuilder show = installation.command("config");
        show.command().addAll(List.of("show", "--json"));
        show.command().addAll(flags);
        Server.Answer shown = Server.run(show, "");
        assertThat(shown.exitCode()).as(shown.err()).isEqualTo(0);
        for (JsonNode each : new JsonMapper().readTree(shown.out())) {
            if (each.path("name").asText().equals(name)) {
                assertThat(each.path("value").asText()).as(name).isEqualTo(value);
                assertThat(each.path("origin").asText()).as(name).isEqualTo(origin);
                return;
            }
        }
        throw new AssertionError(name + " is not shown: " + shown.out());
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Shell;

/** Row 86: words are completed, by the server at a terminal, and by scripts that ask nobody. */
public class CompletionIT {

    @ClassRule
    public static final Server server = new Server();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Shell shell = new Shell(server);

    private List<String> completed(String line) {
        return shell.out("complete '" + line + "'", "").lines().toList();
    }

    @Test
    public void theServerKnowsCommandsAndNames() {
        shell.says("entity create completed", "created completed");
        shell.says("group create complete-group", "created complete-group");
        assertThat(completed("")).contains("entity", "group", "kv2", "system", "plugins", "help");
        assertThat(completed("entity lo")).containsExactly("lock");
        assertThat(completed("entity info comp")).containsExactly("completed");
        assertThat(completed("group members ")).contains("complete-group");
        assertThat(completed("capability comp")).containsExactly("completed", "complete-group");
        assertThat(completed("capability completed ADD LOCK")).containsExactly("LOCK_ENTITY");
        assertThat(completed("entity info completed --")).containsExactly("--fields", "--json");
        assertThat(completed("explain entity-l")).containsExactly("entity-lock");
        assertThat(completed("nothing ")).isEmpty();
        assertThat(server.logs()).doesNotContain("command=complete");
    }

    @Test
    public void theScriptsKnowTheFormsThatTheServerHas() {
        String forms = server.shell("help --all").out();
        Server.Answer script = script("bash");
        assertThat(script.exitCode()).isZero();
        String known = script.out()
                .lines()
                .filter(line -> line.startsWith("shell ") && !line.startsWith("shell completion "))
                .map(line -> line.substring("shell ".length()) + "\n")
                .reduce("", String::concat);
        assertThat(known)
                .as("lib/completion/usage.txt has to be what help --all says")
                .isEqualTo(forms);
        assertThat(script("zsh").out())
                .startsWith("#compdef latchkey\n")
                .contains(forms.replaceAll("(?m)^(?=.)", "shell "));
        Server.Answer other = script("fish");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("bash and for zsh");
    }

    private static Server.Answer script(String kind) {
        return Server.run(server.command("shell", "completion", kind), "");
    }

    /** What bash makes of the words after the name of the command. */
    private String bash(String... words) {
        String typed = "'" + String.join("' '", words) + "'";
        String script = script("bash").out() + "COMP_WORDS=(latchkey " + typed + ")\nCOMP_CWORD=" + words.length
                + "\n_latchkey\necho \"${COMPREPLY[*]}\"\n";
        Server.Answer answer = Server.run(new ProcessBuilder("bash", "-c", script), "");
        assertThat(answer.err()).isEmpty();
        return answer.out().strip();
    }

    @Test
    public void bashCompletesWithoutAServer() {
        assertThat(bash("")).startsWith("run start stop status shell").doesNotContain("[", "shell audit");
        assertThat(bash("st")).isEqualTo("start stop status");
        assertThat(bash("run", "--")).isEqualTo("--safe-mode");
        assertThat(bash("shell", "entity", "l")).isEqualTo("list lock");
        assertThat(bash("shell", "entity", "info", "x", "--")).isEqualTo("--fields --json");
        assertThat(bash("shell", "entity", "info", "x", "--fields", "id", "--")).isEqualTo("--json");
        assertThat(bash("shell", "group", "rule", "x", "in")).isEqualTo("include");
        assertThat(bash("shell", "group", "create", "x", "--managed-by", "")).isEmpty();
        assertThat(bash("shell", "completion", "")).isEqualTo("bash zsh");
    }

    /** A terminal, which script(1) of every Linux system makes, is typed into as fast as the other side answers. */
    @Test
    public void atATerminalTheTabKeyCompletes() throws IOException, InterruptedException {
        shell.says("entity create terminal --secret-stdin", "a secret for the terminal\n", "created terminal");
        File screen = folder.newFile("screen");
        ProcessBuilder latchkey = server.command("shell");
        latchkey.environment().put("TERM", "xterm");
        latchkey.command(
                "script", "-qec", "stty cols 120 rows 40; " + latchkey.command().get(0) + " shell", "/dev/null");
        Process terminal =
                latchkey.redirectErrorStream(true).redirectOutput(screen).start();
        try (OutputStream keys = terminal.getOutputStream()) {
            await(30, () -> shown(screen).contains("latchkey> "));
            type(keys, "entit\tinf\ttermi\t");
            await(30, () -> shown(screen).contains("entity info terminal"));
            type(keys, "--fields id,number\r");
            await(30, () -> shown(screen).contains("id: terminal"));
            type(keys, "auth check terminal\r");
            await(30, () -> shown(screen).contains("Secret: "));
            type(keys, "a secret for the terminal\r");
            await(30, () -> shown(screen).contains("authenticated as terminal"));
            type(keys, "exit\r");
            assertThat(terminal.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            terminal.destroyForcibly();
        }
        assertThat(terminal.exitValue()).isZero();
        assertThat(shown(screen)).doesNotContain("a secret for the terminal");
    }

    private static void type(OutputStream keys, String typed) throws IOException {
        keys.write(typed.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Without what steers the terminal. */
    private static String shown(File screen) {
        try {
            return Files.readString(screen.toPath()).replaceAll("\u001b\\[[?0-9;]*[a-zA-Z]|\u001b[=>]|[\u0007\r]", "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Shell;

/** The operator's shell: what it can do, what it refuses (attack case A-13), and that it works when little else does. */
public class ShellIT {

    @ClassRule
    public static final Server server = new Server();

    private final Shell shell = new Shell(server);

    @Test
    public void onlyTheOwnerOpensTheSocket() throws IOException {
        Path socket = server.data().resolve("shell.sock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    public void oneCommandAnswersWithItsExitCodeAndThePrefixMayBeLeftOut() {
        for (String line : List.of("plugins", "latchkey:plugins", " plugins ", "")) {
            Server.Answer answer = server.shell(line);
            assertThat(answer.exitCode()).as(line).isEqualTo(0);
            assertThat(answer.err()).isEmpty();
        }
        assertThat(server.shell("latchkey:status").out())
                .contains("ready", "127.0.0.1:" + server.port())
                .doesNotContain("ill");
        shell.refuses("entity info nobody", "nobody");
        shell.refuses("fly", "There is no command \"fly\"; \"help\" lists them.");
        shell.refuses("latchkey:fly", "There is no command \"fly\"");
        shell.refuses("entity fly", "Usage: ");
        shell.refuses("plugins --fly", "There is no option --fly.");
        shell.refuses("entity create", "Usage: entity create");
    }

    @Test
    public void wordsStayWordsAndLinesMayBePipedIn() {
        assertThat(words("entity", "create", "worded").exitCode()).isEqualTo(0);
        assertThat(words("entity", "update", "worded", "--display-name", "It's \"W\" $HOME; | \\ ü")
                        .exitCode())
                .isEqualTo(0);
        assertThat(shell.json("entity info worded --json")
                        .path("meta")
                        .path("display_name")
                        .asText())
                .isEqualTo("It's \"W\" $HOME; | \\ ü");
        Server.Answer piped = Server.run(server.command("shell"), "entity create piped\nentity info piped\nfly\n");
        assertThat(piped.out()).contains("created piped");
        assertThat(piped.exitCode()).isEqualTo(1);
        assertThat(Server.run(server.command("shell"), "fly\nplugins\nexit\nfly\n")
                        .exitCode())
                .isEqualTo(0);
    }

    @Test
    public void whatListsCanListAsJson() {
        assertThat(shell.json("plugins --json").isArray()).isTrue();
        assertThat(shell.json("hooks --json").findValuesAsText("point")).contains("DirectoryHook");
        JsonNode status = shell.json("status --json");
        assertThat(status.path("ok").asBoolean()).isTrue();
        assertThat(status.path("ready").asBoolean()).isTrue();
        assertThat(status.path("subsystems")).isNotEmpty();
        assertThat(shell.json("entity list --json").findValuesAsText("id")).contains("root");
        assertThat(shell.json("entity info root --json").path("id").asText()).isEqualTo("root");
        assertThat(shell.json("group list --json").isArray()).isTrue();
        assertThat(shell.json("entity groups root --json").isArray()).isTrue();
    }

    @Test
    public void a13_noOtherScopeAndNoLanguageIsReached() {
        List<String> hostile = List.of(
                "gogo:exec ls",
                "exec ls",
                "felix:lb",
                "lb",
                "obr:list",
                "scr:list",
                "bundle:install http://127.0.0.1:" + server.port() + "/x.jar",
                "felix:install http://127.0.0.1:" + server.port() + "/x.jar",
                "install http://127.0.0.1:" + server.port() + "/x.jar",
                "install file:///etc/passwd",
                "gogo:source /etc/passwd",
                "source /etc/passwd",
                "gogo:cat /etc/passwd",
                "gogo:addcommand x ${.context}",
                "plugins | grep x",
                "plugins; status",
                "plugins && status",
                "plugins > /tmp/latchkey-a13",
                "status $(plugins)",
                "status `plugins`",
                "(plugins)",
                "{ plugins }",
                "each [a b] { status }",
                "x = plugins",
                "x=plugins",
                "$x",
                "entity info $HOME",
                "latchkey:latchkey:plugins",
                "latchkey:gogo:exec ls",
                "LATCHKEY:plugins",
                "../plugins",
                ".context",
                "class",
                "'gogo:exec' ls",
                "entity create 'x; gogo:exec ls'",
                "entity create '$(id)'",
                "entity create ../../x",
                "entity info 'unclosed",
                "plugins \\");
        for (String line : hostile) {
            Server.Answer answer = server.shell(line);
            assertThat(answer.exitCode()).as(line).isEqualTo(1);
            assertThat(answer.out()).as(line).isEmpty();
            assertThat(answer.err()).as(line).isNotBlank().doesNotContain("Exception", "root:", "The command failed");
        }
        assertThat(Path.of("/tmp/latchkey-a13")).doesNotExist();
        assertThat(server.shell("plugins").exitCode()).isEqualTo(0);
    }

    @Test
    public void a13_whatIsAskedForIsNoCommand() {
        Server.Answer answer = server.shell("auth check root", "gogo:exec ls\nentity create sneaked\n");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("Authentication failed.");
        assertThat(server.root().get("/api/v1/entities/sneaked").status()).isEqualTo(404);
    }

    @Test
    public void secretsAppearInNoLog() {
        String shown = "visible-but-not-logged-1";
        String typed = "typed-but-not-logged-2";
        shell.says("entity create logged --secret " + shown, "created logged");
        assertThat(server.shell("auth check logged", typed + "\n").exitCode()).isEqualTo(1);
        assertThat(server.shell("entity create logged --secret " + shown).exitCode())
                .isEqualTo(1);
        assertThat(server.shell("entity create logged --sekret " + shown).err()).contains("no option --sekret");
        assertThat(server.shell(typed).exitCode()).isEqualTo(1);
        assertThat(server.shell("auth token logged " + typed).exitCode()).isEqualTo(1);
        String token = server.shell("auth token logged", shown + "\n").out().strip();
        shell.says("auth validate " + token, "logged");
        assertThat(server.logs() + server.output())
                .contains("shell")
                .doesNotContain(shown, typed, token, token.substring(0, token.lastIndexOf('.')));
    }

    @Test
    public void itWorksWhileHooksDenyEverything() {
        Path jar = server.deploy(
                PluginJar.named("org.example.deny").source("Deny", """
                        @Component(property = "service.ranking:Integer=1000")
                        public final class Deny implements DirectoryHook {
                            private static <T> T no() { throw new Refusal("denied", "The deny hook says no."); }
                            public Entity entityCreate(Entity e, Change<Entity> c) { return no(); }
                            public Entity entityUpdate(Entity e, Change<Entity> c) { return no(); }
                            public Entity entityLock(Entity e, Change<Entity> c) { return no(); }
                            public Entity entityUnlock(Entity e, Change<Entity> c) { return no(); }
                            public Entity entityDestroy(Entity e, Change<Entity> c) { return no(); }
                            public Group groupCreate(Group g, Change<Group> c) { return no(); }
                            public Group groupUpdate(Group g, Change<Group> c) { return no(); }
                            public Group groupDestroy(Group g, Change<Group> c) { return no(); }
                            public Entity preSecretChange(Entity e, Change<Entity> c) { return no(); }
                            public Entity postSecretChange(Entity e, Change<Entity> c) { return no(); }
                            public Entity preAuthCheck(Entity e, Attempt a) { return no(); }
                            public Entity postAuthCheck(Entity e, Attempt a) { return no(); }
                        }
                        """).build());
        await(5, () -> server.shell("plugins").out().contains("org.example.deny"));
        shell.refuses("entity create denied", "The deny hook says no.");
        shell.refuses("group create denied", "The deny hook says no.");
        assertThat(server.shell("status").exitCode()).isEqualTo(0);
        assertThat(shell.json("hooks --json").toString()).contains("org.example.deny");
        assertThat(shell.json("entity list --json").findValuesAsText("id")).contains("root");
        assertThat(server.http().check("root", server.rootSecret()))
                .as("root signs in past every plugin")
                .isTrue();
        shell.says("auth check root", server.rootSecret() + "\n", "authenticated as root");
        shell.says("remove org.example.deny", "org.example.deny is gone");
        assertThat(jar).doesNotExist();
        shell.says("entity create denied", "created denied");
        shell.says("entity destroy denied", "destroyed denied");
    }

    @Test
    public void withoutAServerItSaysSo() {
        Server.Answer answer = Server.run(
                new ProcessBuilder(server.command("shell", "--data", "/no/such/data", "plugins")
                        .command()),
                "");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("no server runs with the data directory /no/such/data");
    }

    private static Server.Answer words(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "shell";
        System.arraycopy(words, 0, all, 1, words.length);
        return Server.run(server.command(all), "");
    }
}

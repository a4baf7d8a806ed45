package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Server.Answer;

/** Row 128: people who move from Proctor, at the command line of what ships; and the operator at the shell. */
public class ProcsClientIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String SECRET = "correct horse battery";
    private static final List<String> PLUGINS = List.of("org.latchkey.procs", "org.latchkey.procs.exec.local");

    @Rule
    public final TemporaryFolder home = new TemporaryFolder();

    private Http root;

    @Before
    public void deploy() {
        root = server.root();
        for (String plugin : PLUGINS) {
            if (!root.serves(plugin)) {
                server.deploy(Server.shipped(plugin), plugin + ".jar");
                await(30, () -> root.serves(plugin));
            }
        }
        if (root.get("/api/v1/groups/ops").status() == 404) {
            root.post("/api/v1/groups", Map.of("name", "ops"));
            for (String id : List.of("ada", "bob")) {
                root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET));
            }
            root.put("/api/v1/groups/ops/members/ada", Map.of());
        }
        await(30, () -> root.post("/procs/metadata", List.of(greet())).status() == 201);
    }

    private static Map<String, Object> greet() {
        List<String> command = List.of("/bin/sh", "-c", "echo hello $NAME; echo to $USER_EMAIL; exit ${CODE:-0}");
        List<Map<String, String>> arguments = List.of(
                Map.of("name", "NAME", "description", "whom to greet"),
                Map.of("name", "CODE", "description", "how it ends"));
        return Map.of(
                "name",
                "greet",
                "description",
                "Greets somebody",
                "command",
                command,
                "executor",
                "local",
                "authorized_groups",
                List.of("ops"),
                "env_vars",
                Map.of("args", arguments));
    }

    private Answer procs(String input, String... words) {
        ProcessBuilder command = server.command("procs");
        command.command().addAll(List.of(words));
        command.environment().put("HOME", home.getRoot().getPath());
        command.environment().remove("XDG_CONFIG_HOME");
        return Server.run(command, input);
    }

    private String says(String... words) {
        Answer answer = procs("", words);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return answer.out();
    }

    private void configure(String id) {
        String host = "PROCTOR_HOST=127.0.0.1:" + server.port() + "/procs";
        Answer answer = procs(SECRET + "\n", "config", "--yes", host, "EMAIL_ID=" + id, "ACCESS_TOKEN=-");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    @Test
    public void row128AScriptedSession() throws IOException {
        configure("ada");
        Path file = home.getRoot().toPath().resolve(".config/latchkey/procs.yaml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(says("config", "show")).contains("********").doesNotContain(SECRET);
        assertThat(says("list")).isEqualTo("PROC   DESCRIPTION\ngreet  Greets somebody\n");
        assertThat(says("describe", "greet")).contains("Groups       ops\n", "  NAME  whom to greet\n");

        Path template = home.getRoot().toPath().resolve("greet.yaml");
        says("template", "greet", template.toString());
        assertThat(template).hasContent("# whom to greet\nNAME: \"\"\n# how it ends\nCODE: \"\"\n");

        Answer run = procs("", "execute", "greet", "NAME=a=b", "-f", template.toString());
        assertThat(run.err()).contains("SUCCEEDED");
        assertThat(run.out()).isEqualTo("hello a=b\nto ada\n");
        assertThat(run.exitCode()).isZero();
        String id = found("Execution (\\d+) of greet", run.err());
        assertThat(says("status", id)).contains("SUCCEEDED", "Exit code  0");
        assertThat(says("logs", id)).isEqualTo(run.out());

        Answer failed = procs("", "execute", "greet", "CODE=7");
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(7);
        Answer wrong = procs("", "execute", "greet", "OTHER=1");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("/args/OTHER");

        assertThat(server.shell("procs").out()).contains("greet  ops");
        assertThat(server.shell("proc-runs greet").out()).contains(id, "SUCCEEDED", "FAILED");
        assertThat(server.shell("proc-log " + id).out()).isEqualTo(run.out());
        assertThat(server.shell("help proc-stop").out()).contains("proc-stop ID");
        assertThat(server.shell("proc-stop " + id).err()).isNotEmpty();
        assertThat(server.shell("complete 'proc-r'").out()).isEqualTo("proc-runs\n");
    }

    /** Rows 123 and 125: made, shown, refused to outsiders, and gone. */
    @Test
    public void row123Schedules() {
        configure("ada");
        String made = says(
                "schedule", "greet", "NAME=x", "-c", "0 3 1 1 *", "-g", "ops", "-n", "a@example.org", "-T", "new-year");
        String id = found("Schedule (\\d+) of greet", made);
        assertThat(says("schedule", "list")).contains("0 3 1 1 *", "UTC", "new-year");
        assertThat(says("schedule", "describe", id)).contains("Owner      ada\n", "NAME  x\n");
        assertThat(server.shell("proc-schedules").out()).contains(id, "ada");
        Answer twice = procs(
                "",
                "schedule",
                "greet",
                "NAME=x",
                "-c",
                "0 3 1 1 *",
                "-g",
                "ops",
                "-n",
                "a@example.org",
                "-T",
                "other");
        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(twice.err()).contains("409", "already");
        Answer malformed = procs("", "schedule", "greet", "-c", "never", "-g", "ops", "-n", "a@example.org", "-T", "x");
        assertThat(malformed.err()).contains("/cron");

        configure("bob");
        assertThat(says("list")).contains("no procs");
        assertThat(says("schedule", "list")).isEqualTo("There are no schedules.\n");
        assertThat(procs("", "schedule", "remove", id).err()).startsWith("You may not do this");
        assertThat(procs("", "execute", "greet").err()).startsWith("You may not do this");

        configure("ada");
        says("schedule", "remove", id);
        assertThat(says("schedule", "list")).isEqualTo("There are no schedules.\n");
        assertThat(procs("", "schedule", "describe", id).exitCode()).isEqualTo(1);
    }

    @Test
    public void row128WhoIsNobodyIsToldSo() {
        configure("ada");
        procs("no such secret\n", "config", "--yes", "ACCESS_TOKEN=-");
        Answer wrong = procs("", "list");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).startsWith("The server does not accept EMAIL_ID and ACCESS_TOKEN");
        procs("", "config", "--yes", "ACCESS_TOKEN=", "EMAIL_ID=");
        assertThat(procs("", "list").err()).startsWith("The server wants to know who you are");
    }
}

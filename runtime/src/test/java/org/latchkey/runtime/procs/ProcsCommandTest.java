package org.latchkey.runtime.procs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Row 128: the verbs of Proctor's command line against a server that answers as the API says. */
public class ProcsCommandTest {

    private static final String DEPLOY = """
            {"name":"deploy","description":"Deploys\\u001b[31m it","image_name":"registry/deploy:1",
             "contributors":"Ada <ada@example.org>","organization":"Platform","authorized_groups":["ops","dev"],
             "env_vars":{"secrets":[{"name":"KEY","description":"k"}],
             "args":[{"name":"STAGE","description":"where to"},{"name":"null","description":"two\\nlines"}]}}""";
    private static final String LINES = "id: 1\ndata: first\n\n: quiet\nid: 2\ndata: second = 2\n\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private StubServer server;
    private Path home;

    @Before
    public void listen() throws IOException {
        server = new StubServer();
        home = folder.getRoot().toPath();
        environment.put("HOME", home.toString());
        environment.put("PROCTOR_HOST", server.host());
        environment.put("EMAIL_ID", "ada@example.org");
        environment.put("ACCESS_TOKEN", "s3cret");
    }

    @After
    public void close() {
        server.close();
    }

    private int run(String... words) {
        return typed("", words);
    }

    private int typed(String input, String... words) {
        out.reset();
        err.reset();
        Terminal terminal = Terminal.of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new ProcsCommand(environment, "1.2.3", terminal, millis -> {}).run(List.of(words));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path file() {
        return home.resolve(".config/latchkey/procs.yaml");
    }

    private void unconfigured() {
        environment.keySet().removeIf(name -> !name.equals("HOME"));
    }

    @Test
    public void row128ListIsSorted() {
        server.answers("GET /metadata", 200, "[{\"name\":\"zeta\",\"description\":\"last\"}," + DEPLOY + "]");
        assertThat(run("list")).isZero();
        assertThat(out()).isEqualTo("""
                PROC    DESCRIPTION
                deploy  Deploys [31m it
                zeta    last
                """);
        assertThat(server.asked(0).headers())
                .containsEntry("email-id", "ada@example.org")
                .containsEntry("access-token", "s3cret")
                .doesNotContainKeys("client-version", "authorization");
        assertThat(run("list", "--json")).isZero();
        assertThat(out()).startsWith("[ {").containsSubsequence("deploy", "zeta");
    }

    @Test
    public void row128AnEmptyListIsSaid() {
        server.answers("GET /metadata", 200, "[]").answers("GET /schedule", 204, "");
        assertThat(run("list")).isZero();
        assertThat(out()).isEqualTo("There are no procs that you may run.\n");
        assertThat(run("schedule", "list")).isZero();
        assertThat(out()).isEqualTo("There are no schedules.\n");
        assertThat(run("schedule", "list", "--json")).isZero();
        assertThat(out()).isEqualTo("[ ]\n");
    }

    @Test
    public void row128Describe() {
        server.answers("GET /metadata/deploy", 200, DEPLOY);
        assertThat(run("describe", "deploy")).isZero();
        assertThat(out()).isEqualTo("""
                Proc          deploy
                Description   Deploys [31m it
                Contributors  Ada <ada@example.org>
                Organization  Platform
                Image         registry/deploy:1
                Groups        ops, dev
                Arguments:
                  STAGE  where to
                  null   two lines
                To run it: latchkey procs execute deploy STAGE=VALUE null=VALUE
                """);
    }

    @Test
    public void row128TemplateIsFilledInAndExecuted() throws IOException {
        Path template = home.resolve("deploy.yaml");
        server.answers("GET /metadata/deploy", 200, DEPLOY);
        assertThat(run("template", "deploy", template.toString())).isZero();
        assertThat(Files.readString(template)).isEqualTo("""
                # where to
                STAGE: ""
                # two
                # lines
                "null": ""
                """);
        assertThat(run("template", "deploy", template.toString())).isEqualTo(1);
        assertThat(err()).isEqualTo(template + " is there already.\n");
        assertThat(run("template", "deploy", "-")).isZero();
        assertThat(out()).startsWith("# where to\n");

        Files.writeString(template, "STAGE: 007\nOTHER: \"a: b\"\nEMPTY:\n");
        execution("SUCCEEDED", "\"exit_code\":0");
        assertThat(run("execute", "deploy", "OTHER=x=y", "oops", "-f", template.toString()))
                .isZero();
        assertThat(err()).startsWith("Skipped oops: an argument has the form NAME=VALUE.\n");
        assertThat(server.asked(3).body())
                .isEqualTo("{\"name\":\"deploy\",\"args\":{\"EMPTY\":\"\",\"OTHER\":\"x=y\",\"STAGE\":\"007\"}}");
    }

    private void execution(String status, String more) {
        server.answers("POST /execution", 201, "{\"id\":42,\"job_name\":\"deploy\",\"status\":\"CREATED\"}")
                .answers(
                        "GET /execution/42/logs",
                        200,
                        "text/event-stream",
                        LINES + "event: end\ndata: " + status + "\n\n")
                .answers("GET /execution/42/status", 200, "{\"id\":42,\"status\":\"RUNNING\"}")
                .answers("GET /execution/42/status", 200, "{\"id\":42,\"status\":\"" + status + "\"," + more + "}");
    }

    @Test
    public void row128ExecuteStreamsTheLog() {
        execution("SUCCEEDED", "\"exit_code\":0");
        assertThat(run("execute", "deploy", "STAGE=test")).isZero();
        assertThat(out()).isEqualTo("first\nsecond = 2\n");
        assertThat(err()).isEqualTo("Execution 42 of deploy is CREATED.\nExecution 42: SUCCEEDED\n");
    }

    @Test
    public void row128ExecuteEndsWithTheExitCodeOfTheRun() {
        execution("FAILED", "\"exit_code\":3,\"reason\":\"exit code 3\"");
        assertThat(run("execute", "deploy")).isEqualTo(3);
        assertThat(err()).endsWith("Execution 42: FAILED, exit code 3\n");
    }

    @Test
    public void row128ARunWithoutAnExitCodeFailsToo() {
        execution("TIMED_OUT", "\"exit_code\":null");
        assertThat(run("execute", "deploy")).isEqualTo(1);
    }

    @Test
    public void aRunThatWasNotBegunHasNoLogToFollow() {
        server.answers("POST /execution", 201, "{\"id\":42,\"status\":\"REQUIREMENT_NOT_MET\"}")
                .answers(
                        "GET /execution/42/status",
                        200,
                        "{\"id\":42,\"status\":\"REQUIREMENT_NOT_MET\",\"reason\":\"KEY?\"}");
        assertThat(run("execute", "deploy")).isEqualTo(1);
        assertThat(err()).endsWith("Execution 42: REQUIREMENT_NOT_MET, KEY?\n");
    }

    @Test
    public void aBrokenLogGoesOnWithTheNextLine() {
        server.answers("GET /execution/42/logs", 200, "text/event-stream", LINES + "id: 3\ndata: cut")
                .answers(
                        "GET /execution/42/logs",
                        200,
                        "text/event-stream",
                        "id: 3\ndata: third\n\nevent: end\ndata: FAILED\n\n");
        assertThat(run("logs", "42")).isZero();
        assertThat(out()).isEqualTo("first\nsecond = 2\nthird\n");
        assertThat(server.asked(0).headers()).doesNotContainKey("last-event-id");
        assertThat(server.asked(1).headers())
                .containsEntry("last-event-id", "2")
                .containsEntry("accept", "text/event-stream");
    }

    @Test
    public void aLogThatNeverEndsIsGivenUp() {
        environment.put("PROC_EXECUTION_STATUS_POLL_COUNT", "2");
        server.answers("GET /execution/42/logs", 200, "text/event-stream", LINES);
        server.answers("GET /execution/42/logs", 200, "text/event-stream", ": nothing\n\n");
        assertThat(run("logs", "42")).isEqualTo(3);
        assertThat(err()).isEqualTo("The log cannot be followed: the log ended before the run. The run may go on.\n");
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    public void row128StatusAndStop() {
        server.answers(
                "GET /execution/42/status",
                200,
                "{\"id\":42,\"job_name\":\"deploy\",\"status\":\"FAILED\",\"exit_code\":3,\"image_tag\":\"\"}");
        server.answers("POST /execution/42/stop", 202, "");
        assertThat(run("status", "42")).isZero();
        assertThat(out()).isEqualTo("Execution  42\nProc       deploy\nStatus     FAILED\nExit code  3\n");
        assertThat(run("stop", "42")).isZero();
        assertThat(out()).isEqualTo("Execution 42 is being stopped.\n");
        assertThat(run("status", "../metadata")).isEqualTo(1);
        assertThat(server.asked(2).line()).isEqualTo("GET /execution/..%2Fmetadata/status");
    }

    @Test
    public void row128Schedules() {
        String schedule =
                "{\"id\":7,\"jobName\":\"deploy\",\"cron\":\"0 3 * * *\",\"time_zone\":\"UTC\",\"group\":\"ops\","
                        + "\"tags\":\"night\",\"notificationEmails\":\"a@example.org\",\"enabled\":true,\"args\":{\"STAGE\":\"test\"}}";
        server.answers("POST /schedule", 201, schedule)
                .answers("GET /schedule", 200, "[" + schedule + "]")
                .answers("GET /schedule/7", 200, schedule)
                .answers("DELETE /schedule/7", 200, "text/plain", "Schedule 7 is removed.");
        assertThat(run(
                        "schedule",
                        "deploy",
                        "-c",
                        "0 3 * * *",
                        "-g",
                        "ops",
                        "-n",
                        "a@example.org",
                        "-T",
                        "night",
                        "STAGE=test"))
                .isZero();
        assertThat(out()).isEqualTo("Schedule 7 of deploy is made.\n");
        assertThat(server.asked(0).body())
                .contains("\"jobName\":\"deploy\"", "\"cron\":\"0 3 * * *\"", "\"group\":\"ops\"", "\"tags\":\"night\"")
                .contains(
                        "\"notificationEmails\":\"a@example.org\"", "\"args\":{\"STAGE\":\"test\"}", "\"enabled\":true")
                .doesNotContain("time_zone");
        assertThat(run("schedule", "list")).isZero();
        assertThat(out()).isEqualTo("""
                ID  PROC    GROUP  CRON       TIME ZONE  TAGS
                7   deploy  ops    0 3 * * *  UTC        night
                """);
        assertThat(run("schedule", "describe", "7")).isZero();
        assertThat(out()).contains("Cron       0 3 * * *\n", "Mails to   a@example.org\n", "STAGE  test\n");
        assertThat(run("schedule", "remove", "7")).isZero();
        assertThat(out()).isEqualTo("Schedule 7 is removed.\n");
    }

    @Test
    public void row128EveryStatusHasItsMessage() {
        String problem = "{\"title\":\"forbidden\",\"detail\":\"not in ops\\u001b[2J\"}";
        server.answers("GET /metadata/a", 401, "{}").answers("GET /metadata/b", 403, problem);
        server.answers("GET /metadata/c", 400, "{\"detail\":\"no\",\"pointer\":\"/1/name\"}");
        server.answers("GET /metadata/d", 302, "").answers("GET /metadata/e", 500, "text/html", "<html>");
        server.answers("GET /metadata/f", 200, "text/html", "<html>");
        assertThat(run("describe", "a")).isEqualTo(1);
        assertThat(err())
                .isEqualTo(
                        "The server does not accept EMAIL_ID and ACCESS_TOKEN (environment): check whether they are right"
                                + " and still valid.\n");
        assertThat(run("describe", "b")).isEqualTo(1);
        assertThat(err())
                .isEqualTo("You may not do this: ask an administrator of the procs for the groups it takes.\n"
                        + "not in ops [2J\n");
        assertThat(run("describe", "c")).isEqualTo(1);
        assertThat(err()).isEqualTo("The server answers with 400.\n/1/name: no\n");
        assertThat(run("describe", "nobody")).isEqualTo(1);
        assertThat(err()).isEqualTo("There is nothing of this name or id, or it is not yours to see.\nno such route\n");
        assertThat(run("describe", "d")).isEqualTo(1);
        assertThat(err()).contains("not followed");
        assertThat(run("describe", "e")).isEqualTo(1);
        assertThat(err()).isEqualTo("The server answers with 500.\n");
        assertThat(run("describe", "f")).isEqualTo(1);
        assertThat(err()).contains("does not answer with JSON");
    }

    @Test
    public void row128MissingCredentialsAreToldFromWrongOnes() {
        server.answers("GET /metadata", 401, "{}");
        environment.remove("ACCESS_TOKEN");
        assertThat(run("list")).isEqualTo(1);
        assertThat(err()).contains("but ACCESS_TOKEN is not configured");
        environment.remove("EMAIL_ID");
        assertThat(run("list")).isEqualTo(1);
        assertThat(err()).contains("but EMAIL_ID and ACCESS_TOKEN is not configured");
        environment.put("LATCHKEY_TOKEN", "jwt");
        assertThat(run("list")).isEqualTo(1);
        assertThat(err()).contains("does not accept LATCHKEY_TOKEN (environment)");
        assertThat(server.asked(2).headers())
                .containsEntry("authorization", "Bearer jwt")
                .doesNotContainKey("email-id");
    }

    @Test
    public void row128NetworkAndTimeout() throws IOException {
        environment.put("CONNECTION_TIMEOUT_SECS", "1");
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("PROCTOR_HOST", "localhost:" + mute.getLocalPort());
            assertThat(run("list")).isEqualTo(3);
            assertThat(err()).endsWith(" does not answer within 1 s (CONNECTION_TIMEOUT_SECS).\n");
        }
        assertThat(run("list")).isEqualTo(3);
        assertThat(err()).contains(" cannot be reached: connection refused.");
        environment.put("PROCTOR_HOST", "http://no-such-host.invalid");
        environment.put("CONNECTION_TIMEOUT_SECS", "30");
        assertThat(run("list")).isEqualTo(3);
        assertThat(err()).contains("no-such-host.invalid");
    }

    @Test
    public void row128ConfigIsItsOwnersAlone() throws IOException {
        unconfigured();
        assertThat(run("config", "PROCTOR_HOST=" + server.host(), "EMAIL_ID=ada@example.org", "ACCESS_TOKEN=a=b\"c"))
                .isZero();
        assertThat(out()).isEqualTo("Wrote " + file() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(run("config", "show")).isZero();
        assertThat(out())
                .contains(
                        "ACCESS_TOKEN                      ********",
                        "EMAIL_ID                          ada@example.org")
                .contains("LATCHKEY_TOKEN                    (not set)", "CONNECTION_TIMEOUT_SECS           10")
                .doesNotContain("a=b");
        server.answers("GET /metadata", 200, "[]");
        assertThat(run("list")).isZero();
        assertThat(server.asked(0).headers()).containsEntry("access-token", "a=b\"c");
    }

    @Test
    public void row128ConfigAsksBeforeItOverwrites() throws IOException {
        unconfigured();
        assertThat(run("config", "PROCTOR_HOST=first.example/procs")).isZero();
        assertThat(typed("n\n", "config", "PROCTOR_HOST=second.example/procs")).isEqualTo(1);
        assertThat(err()).isEqualTo("Change " + file() + " (y/n)? Nothing was changed.\n");
        assertThat(typed("", "config", "PROCTOR_HOST=second.example/procs")).isEqualTo(1);
        assertThat(Files.readString(file())).isEqualTo("PROCTOR_HOST: \"first.example/procs\"\n");
        assertThat(typed("y\n token \n", "config", "LATCHKEY_TOKEN=-", "CONNECTION_TIMEOUT_SECS=5"))
                .isZero();
        assertThat(run("config", "--yes", "CONNECTION_TIMEOUT_SECS=")).isZero();
        assertThat(Files.readString(file()))
                .isEqualTo("PROCTOR_HOST: \"first.example/procs\"\nLATCHKEY_TOKEN: \"token\"\n");
    }

    @Test
    public void badSettingsAreNotWritten() {
        unconfigured();
        assertThat(run("config", "HOST=x")).isEqualTo(2);
        assertThat(err()).startsWith("HOST is no setting");
        assertThat(run("config", "CONNECTION_TIMEOUT_SECS=soon")).isEqualTo(2);
        assertThat(run("config", "PROCTOR_HOST=ftp://x")).isEqualTo(2);
        assertThat(run("config", "PROCTOR_HOST=https://a:b@x")).isEqualTo(2);
        assertThat(file()).doesNotExist();
        assertThat(run("config", "PROCTOR_HOST=http://x.example")).isZero();
        assertThat(err()).startsWith("Warning: http://x.example is plain HTTP");
        assertThat(run("list")).isNotZero();
    }

    @Test
    public void row128ProctorsFileIsReadUntilThereIsAnother() throws IOException {
        unconfigured();
        Path theirs = Files.createDirectories(home.resolve(".proctor")).resolve("proctor.yaml");
        Files.writeString(
                theirs, "PROCTOR_HOST: " + server.host() + "\nEMAIL_ID: ada@example.org\nACCESS_TOKEN: 0123\nX: y\n");
        server.answers("GET /metadata", 200, "[]");
        assertThat(run("list")).isZero();
        assertThat(server.asked(0).headers()).containsEntry("access-token", "0123");
        environment.put("ACCESS_TOKEN", "of the environment");
        assertThat(run("list")).isZero();
        assertThat(server.asked(1).headers()).containsEntry("access-token", "of the environment");
        environment.remove("ACCESS_TOKEN");
        assertThat(run("config", "LATCHKEY_TOKEN=t")).isZero();
        assertThat(run("list")).isZero();
        assertThat(server.asked(2).headers())
                .containsEntry("authorization", "Bearer t")
                .doesNotContainKey("access-token");
        assertThat(Files.readString(theirs)).doesNotContain("LATCHKEY");
    }

    @Test
    public void aFileThatIsNoFlatYamlIsRefused() throws IOException {
        Path file = home.resolve("args.yaml");
        for (String text : List.of("a: [1]", "- a", "a: {b: c}", "a: \"", "just text")) {
            Files.writeString(file, text);
            assertThat(run("execute", "deploy", "-f", file.toString())).as(text).isEqualTo(1);
            assertThat(err()).startsWith(file.toString());
        }
        assertThat(run("execute", "deploy", "-f", home + "/none")).isEqualTo(1);
        assertThat(err()).isEqualTo("There is no file " + home + "/none\n");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    public void whatIsNoCommandIsMisuse() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).startsWith("Usage: latchkey procs VERB\n");
        assertThat(run("dance")).isEqualTo(2);
        assertThat(run("logs")).isEqualTo(2);
        assertThat(err()).isEqualTo("Usage: latchkey procs logs ID\n");
        assertThat(run("list", "--yaml")).isEqualTo(2);
        assertThat(run("execute", "x", "-f")).isEqualTo(2);
        assertThat(run("help")).isZero();
        assertThat(out()).startsWith("Usage: latchkey procs VERB\n");
        assertThat(run("version")).isZero();
        assertThat(out()).isEqualTo("Latchkey 1.2.3\n");
        unconfigured();
        assertThat(run("list")).isEqualTo(2);
        assertThat(err()).startsWith("No server is configured");
    }

    @Test
    public void completionKnowsTheForms() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/distribution/lib/completion/procs.txt")))
                .isEqualTo(ProcsCommand.FORMS);
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;
import org.latchkey.itest.proctor.ProctorClient;
import org.latchkey.itest.proctor.StubGate;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Http.Answer;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Receiver;
import org.latchkey.itest.server.Server;

/**
 * What procs are for: a member of a group of Gate runs an approved program and watches its log, an outsider does not, and
 * the team reads of it in Slack, whatever becomes of Slack meanwhile. The server is told of Gate and Slack by Proctor's
 * variables, and asked with Proctor's headers.
 */
public class ProcsStoryIT {

    private static final String GATE = "org.latchkey.auth.gate";
    private static final String SLACK = "org.latchkey.notify.slack";
    private static final long DOWN_SECONDS = 20;

    private static final StubGate gate = new StubGate()
            .with("boss@example.org", "token-of-boss", "proctor.admin")
            .with("ada@example.org", "token-of-ada", "ops")
            .with("eve@example.org", "token-of-eve", "sales");
    private static final Receiver slack = new Receiver();
    private static final TemporaryFolder folder = new TemporaryFolder();
    private static final Server server = new Server()
            .with("GATE_PLUGIN_PROTOCOL", "http")
            .with("GATE_PLUGIN_HOST", gate.host())
            .with("SLACK_PLUGIN_URL", slack.url() + "/services/T0/B0/hush")
            .with("PROCTOR_AUTH_ENABLED", "true")
            .with("PROCTOR_AUTH_PLUGIN_BINARY", GATE)
            .with("PROCTOR_AUTH_PLUGIN_EXPORTED", "Auth")
            .with("PROCTOR_NOTIFICATION_PLUGIN_BINARY", SLACK)
            .with("PROCTOR_NOTIFICATION_PLUGIN_EXPORTED", "SlackNotification")
            .withEtc("latchkey.deployer", "bakeMillis=L\"500\"")
            .withEtc("latchkey.notify", "firstRetryMillis=I\"200\"", "longestRetrySeconds=I\"5\"");

    @ClassRule
    public static final TestRule rules =
            RuleChain.outerRule(gate).around(slack).around(folder).around(server);

    private final String base = "http://127.0.0.1:" + server.port() + "/procs";
    private final ProctorClient boss = new ProctorClient(base, "boss@example.org", "token-of-boss");
    private final ProctorClient ada = new ProctorClient(base, "ada@example.org", "token-of-ada");
    private final ProctorClient eve = new ProctorClient(base, "eve@example.org", "token-of-eve");

    @Test
    public void aTeamRunsItsProcsAndHearsOfThem() throws Exception {
        Http root = server.root();
        for (String plugin : List.of("org.latchkey.procs", "org.latchkey.procs.exec.local", GATE, SLACK)) {
            server.deploy(Server.shipped(plugin));
        }
        await(30, () -> ada.get("/metadata").status() == 200);
        await(30, () -> root.isProven(SLACK));

        assertThat(boss.post("/metadata", List.of(deploy())).status()).isEqualTo(201);
        assertThat(names(ada)).containsExactly("deploy");
        assertThat(names(eve)).isEmpty();

        String watched = aMemberWatchesARunLive();
        anOutsiderIsRefusedAndWrittenDown(root);
        slackIsToldOnce(watched, "execution.created", "execution.succeeded");
        slackIsDownWhileItsPluginIsReplaced(root);

        assertThat(server.logs())
                .doesNotContain("token-of-", "/services/T0/B0/hush", "notice.unlisted")
                .contains("org.latchkey.notify.slack");
    }

    /** Says one thing, waits until a file is there, and says another. */
    private static Map<String, Object> deploy() {
        return Map.of(
                "name", "deploy",
                "description", "Brings a version to where it runs",
                "command",
                        List.of(
                                "/bin/sh",
                                "-c",
                                "echo \"deploying $VERSION for $USER_EMAIL\"; until [ -e \"$GATE_FILE\" ]; do sleep 0.05; done; echo done"),
                "env_vars",
                        Map.of(
                                "secrets", List.of(),
                                "args",
                                        List.of(
                                                Map.of("name", "VERSION", "description", "which"),
                                                Map.of(
                                                        "name",
                                                        "GATE_FILE",
                                                        "description",
                                                        "goes on when it is there"))),
                "authorized_groups", List.of("ops"),
                "author", "Boss",
                "contributors", "Ada",
                "organization", "Example");
    }

    private static List<String> names(ProctorClient client) {
        return StreamSupport.stream(client.get("/metadata").json().spliterator(), false)
                .map(proc -> proc.path("name").asText())
                .toList();
    }

    private String execute(String version, Path file) {
        Answer answer = ada.post(
                "/execution",
                Map.of("name", "deploy", "args", Map.of("VERSION", version, "GATE_FILE", file.toString())));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().path("status").asText()).isEqualTo("CREATED");
        return answer.json().path("id").asText();
    }

    private String status(String id) {
        return ada.get("/execution/" + id + "/status").json().path("status").asText();
    }

    /** The second line is written only after the first was read. */
    private String aMemberWatchesARunLive() throws IOException {
        Path file = folder.getRoot().toPath().resolve("go");
        String id = execute("1.0", file);
        try (ProctorClient.Log log = ada.follow(id)) {
            await(30, () -> log.lines().contains("deploying 1.0 for ada@example.org"));
            assertThat(log.isClosed()).isFalse();
            assertThat(status(id)).isEqualTo("RUNNING");
            Files.createFile(file);
            await(30, log::isClosed);
            assertThat(log.lines()).containsExactly("deploying 1.0 for ada@example.org", "done");
        }
        await(30, () -> status(id).equals("SUCCEEDED"));
        try (ProctorClient.Log stored = ada.follow(id)) {
            await(30, stored::isClosed);
            assertThat(stored.lines()).containsExactly("deploying 1.0 for ada@example.org", "done");
        }
        return id;
    }

    private void anOutsiderIsRefusedAndWrittenDown(Http root) {
        Answer refused = eve.post("/execution", Map.of("name", "deploy", "args", Map.of("VERSION", "2.0")));
        assertThat(refused.status()).isEqualTo(403);
        JsonNode entries = root.get("/api/v1/audit?limit=50").json().path("entries");
        JsonNode denied = StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> entry.path("type").asText().equals("procs.denied"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of it in " + entries));
        assertThat(denied.path("actor").asText()).isEqualTo("eve@example.org");
        assertThat(denied.path("subject").asText()).isEqualTo("POST /execution");
        assertThat(denied.path("details").path("reason").asText()).contains("deploy");
        ProctorClient forger = new ProctorClient(base, "ada@example.org", "token-of-eve");
        assertThat(forger.get("/metadata").status()).as("row 99").isEqualTo(401);
    }

    private void slackIsToldOnce(String id, String... types) {
        for (String type : types) {
            await(30, () -> !told(id, type).isEmpty());
            assertThat(told(id, type)).as(type).hasSize(1);
        }
        assertThat(told(id, "execute job with details:")).hasSize(1);
    }

    /** What Slack took that names this run and this type. */
    private static List<String> told(String id, String type) {
        return slack.taken().stream()
                .map(Receiver.Call::body)
                .filter(body -> body.contains("\"" + id + "\"") && says(body, type))
                .toList();
    }

    /** By the catalogue's sentence of the type, which is what people read. */
    private static boolean says(String body, String type) {
        return switch (type) {
            case "execution.created" -> body.contains("A run was created");
            case "execution.succeeded" -> body.contains("A run has ended well");
            default -> body.contains(type);
        };
    }

    private void slackIsDownWhileItsPluginIsReplaced(Http root) throws Exception {
        long start = System.nanoTime();
        slack.answer(503);
        Path there = Files.createFile(folder.getRoot().toPath().resolve("there"));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(execute("3." + i, there));
        }
        server.deploy(
                PluginJar.reversioned(Server.shipped(SLACK), "0.1.1"),
                Server.shipped(SLACK).getFileName().toString());
        await(30, () -> root.isProven(SLACK) && root.version(SLACK).equals("0.1.1"));
        for (int i = 5; i < 10; i++) {
            ids.add(execute("3." + i, there));
        }
        await(60, () -> ids.stream().allMatch(id -> status(id).equals("SUCCEEDED")));
        TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(DOWN_SECONDS) - (System.nanoTime() - start));
        assertThat(ids).allMatch(id -> told(id, "execution.created").isEmpty());
        slack.answer(200);
        for (String id : ids) {
            slackIsToldOnce(id, "execution.created", "execution.succeeded");
        }
    }
}

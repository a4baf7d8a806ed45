package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.itest.oauth.GuidePage;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Http.Answer;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Procs as they ship, run as processes: who may, what is told and written down, and what becomes of runs. */
public class ProcsIT {

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.procs", "leaseSeconds=I\"3\"", "minClientVersion=\"2.0.0\"");

    @ClassRule
    public static final TemporaryFolder folder = new TemporaryFolder();

    private static final String PROCS = "org.latchkey.procs";
    private static final String LOCAL = "org.latchkey.procs.exec.local";
    private static final String PASSWORD = "correct horse battery";
    private static final String SECRET = "s3cret-of-the-proc";
    private static final int PATIENCE = 120;

    private static Path jar;

    @BeforeClass
    public static void deployed() {
        jar = server.deploy(Server.shipped(PROCS));
        server.deploy(Server.shipped(LOCAL));
        await(PATIENCE, () -> server.root().serves(PROCS) && server.root().serves(LOCAL));
        Http root = server.root();
        person(root, "boss", "proctor.admin");
        person(root, "ada", "ops");
        person(root, "eve", "sales");
        assertThat(as("boss")
                        .post(
                                "/procs/metadata",
                                List.of(
                                        proc("echo", List.of("/bin/sh", "-c", "env | sort; echo token=$TOKEN")),
                                        proc("fail", List.of("/bin/sh", "-c", "echo bad; exit 3")),
                                        proc("wait", List.of("/bin/sh", "-c", "echo one; sleep 6; echo two"))))
                        .status())
                .isEqualTo(201);
        Map<String, Object> secrets = Map.of("job_name", "echo", "secrets", Map.of("TOKEN", SECRET));
        assertThat(as("boss").post("/procs/secret", secrets).status()).isEqualTo(201);
    }

    private static void person(Http root, String id, String group) {
        root.post("/api/v1/entities", Map.of("id", id, "secret", PASSWORD));
        root.post("/api/v1/groups", Map.of("name", group));
        assertThat(root.send("PUT", "/api/v1/groups/" + group + "/members/" + id)
                        .status())
                .isLessThan(300);
    }

    private static Http as(String id) {
        return server.http().signedInAs(id, PASSWORD);
    }

    private static Map<String, Object> proc(String name, List<String> command) {
        Map<String, Object> variables = name.equals("echo")
                ? Map.of("secrets", List.of(Map.of("name", "TOKEN")), "args", List.of(Map.of("name", "WHERE")))
                : Map.of();
        return Map.of(
                "name",
                name,
                "command",
                command,
                "executor",
                "local",
                "image_name",
                "ops/tool:1",
                "env_vars",
                variables,
                "authorized_groups",
                List.of("ops"));
    }

    private static JsonNode run(String body) {
        Answer answer = as("ada").post("/procs/execution", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static JsonNode ended(JsonNode run) {
        Http ada = as("ada");
        String path = "/procs/execution/" + run.get("id") + "/status";
        await(PATIENCE, () -> ada.get(path).json().has("ended_at"));
        return ada.get(path).json();
    }

    private static String log(JsonNode run) {
        return as("ada").get("/procs/execution/" + run.get("id") + "/logs").body();
    }

    /** In a folder like that of the distribution, with what this server has. */
    @Test
    public void theFirstPageKeepsItsWord() throws IOException {
        String here = "127.0.0.1:" + server.port();
        String script = GuidePage.read(
                        Path.of("../bundles/procs/README.md"),
                        Map.of("127.0.0.1:8080", here, "cp plugins/", "ls plugins/ >/dev/null #"))
                .blocks("", "sh")
                .get(0);
        Path home = folder.getRoot().toPath();
        Path shipped = Server.shipped(PROCS).toAbsolutePath().getParent().getParent();
        for (String part : List.of("bin", "features", "lib", "plugins", "system")) {
            Files.createSymbolicLink(home.resolve(part), shipped.resolve(part));
        }
        Files.createSymbolicLink(home.resolve("data"), server.data());
        Server.Answer answered = Server.run(
                new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", script).directory(home.toFile()), "");
        assertThat(answered.exitCode()).as(answered.out() + answered.err()).isZero();
        assertThat(answered.out()).matches(GuidePage.promised(script));
        assertThat(as("boss").delete("/procs/metadata/hello").status()).isEqualTo(204);
    }

    /** A route, and what it answers to somebody unknown, a bad token, a member, an outsider and an administrator. */
    private record Row(String method, String path, String body, List<Integer> statuses) {}

    @Test
    public void row100EveryRouteIsForWhomItIsFor() {
        String run = run("{\"name\":\"fail\"}").get("id").asText();
        List<Row> rows = List.of(
                new Row("GET", "/ping", "", List.of(200, 200, 200, 200, 200)),
                new Row("GET", "/metrics", "", List.of(200, 200, 200, 200, 200)),
                new Row("GET", "/docs", "", List.of(200, 200, 200, 200, 200)),
                new Row("GET", "/docs/index.html", "", List.of(200, 200, 200, 200, 200)),
                new Row("GET", "/swagger.yml", "", List.of(200, 200, 200, 200, 200)),
                new Row("GET", "/metadata", "", List.of(401, 401, 200, 200, 200)),
                new Row("GET", "/metadata/fail", "", List.of(401, 401, 200, 403, 403)),
                new Row("POST", "/metadata", "[{\"name\":\"tmp\"}]", List.of(401, 401, 403, 403, 201)),
                new Row("POST", "/secret", "{\"job_name\":\"tmp\",\"secrets\":{}}", List.of(401, 401, 403, 403, 201)),
                new Row("DELETE", "/secret/tmp", "", List.of(401, 401, 403, 403, 204)),
                new Row("DELETE", "/metadata/tmp", "", List.of(401, 401, 403, 403, 204)),
                new Row("GET", "/execution", "", List.of(401, 401, 200, 200, 200)),
                new Row("POST", "/execution", "{\"name\":\"fail\"}", List.of(401, 401, 201, 403, 403)),
                new Row("GET", "/execution/" + run + "/status", "", List.of(401, 401, 200, 403, 403)),
                new Row("GET", "/execution/" + run + "/logs", "", List.of(401, 401, 200, 403, 403)),
                new Row("GET", "/execution/logs?context_id=" + run, "", List.of(401, 401, 426, 403, 403)),
                new Row("POST", "/execution/1/stop", "", List.of(401, 401, 404, 404, 404)));
        List<Http> visitors = List.of(server.http(), server.http().withToken("bad"), as("ada"), as("eve"), as("boss"));
        for (Row row : rows) {
            for (int i = 0; i < visitors.size(); i++) {
                Answer answer = row.body().isEmpty()
                        ? visitors.get(i).send(row.method(), "/procs" + row.path())
                        : visitors.get(i).send(row.method(), "/procs" + row.path(), row.body());
                assertThat(answer.status())
                        .as(row.method() + " " + row.path() + " for visitor " + i + ": " + answer.body())
                        .isEqualTo(row.statuses().get(i));
            }
        }
    }

    @Test
    public void row103TheListHasWhatOneMayRun() {
        assertThat(as("ada").get("/procs/metadata").json().findValuesAsText("executor"))
                .hasSize(3);
        assertThat(as("eve").get("/procs/metadata").body()).isEqualTo("[]");
    }

    @Test
    public void row104ProctorsHeadersAndItsOldClients() {
        Answer listed = server.http()
                .send(server.http()
                        .request("/procs/metadata")
                        .header("Email-Id", "ada")
                        .header("Access-Token", PASSWORD)
                        .header("Client-Version", "v2.0.8"));
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        Answer old = as("ada").send(as("ada").request("/procs/metadata").header("Client-Version", "1.0.0"));
        assertThat(old.status()).isEqualTo(400);
        assertThat(old.json().get("detail").asText()).contains("upgrade");
        assertThat(as("ada")
                        .send(as("ada").request("/procs/metadata").header("Email-Id", "ada"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    public void row115To117SecretsAndTheServersVariablesReachTheProgramAndNobodyElse() throws IOException {
        JsonNode run = run("{\"name\":\"echo\",\"args\":{\"WHERE\":\"here\"}}");
        assertThat(ended(run).get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(log(run))
                .contains("WHERE=here\n", "JOB_NAME=echo\n", "USER_EMAIL=ada\n", "IMAGE_TAG=ops/tool:1\n")
                .contains("EXECUTION_ID=" + run.get("id").asText() + "\n")
                .contains("EXECUTION_NAME=" + run.get("name").asText() + "\n")
                .contains("token=***\n")
                .doesNotContain(SECRET);
        assertThat(server.output() + server.logs()).doesNotContain(SECRET);
        try (Stream<Path> files = Files.walk(server.data())) {
            assertThat(files.filter(Files::isRegularFile).filter(ProcsIT::hasSecret))
                    .as("files at rest with the secret, but for what the program itself printed")
                    .allMatch(each -> each.toString().contains("procs-local"));
        }
    }

    private static boolean hasSecret(Path file) {
        try {
            return Files.exists(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET);
        } catch (IOException goneMeanwhile) {
            throw new UncheckedIOException(goneMeanwhile);
        }
    }

    @Test
    public void row118ArgumentsAreLimitedToDeclaredNames() {
        Answer answer = as("ada").post("/procs/execution", "{\"name\":\"echo\",\"args\":{\"LD_PRELOAD\":\"/x\"}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("pointer").asText()).isEqualTo("/args/LD_PRELOAD");
    }

    @Test
    public void row114ABadSecondProcAndNoneIsStored() {
        Answer answer = as("boss").post("/procs/metadata", "[{\"name\":\"fine\"},{\"name\":\"\"}]");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("pointer").asText()).isEqualTo("/1/name");
        assertThat(as("ada").get("/procs/metadata/fine").status()).isEqualTo(404);
    }

    @Test
    public void row120AProgramThatFailsHasFailedAndItsLogStays() {
        JsonNode run = run("{\"name\":\"fail\"}");
        JsonNode ended = ended(run);
        assertThat(ended.get("status").asText()).isEqualTo("FAILED");
        assertThat(ended.get("exit_code").asInt()).isEqualTo(3);
        assertThat(log(run)).isEqualTo("bad\n");
    }

    @Test
    public void row120ARunConvergesWhenTheServerIsKilledAndProcsAreReplaced() {
        JsonNode killed = run("{\"name\":\"wait\"}");
        await(PATIENCE, () -> log(killed).equals("one\n"));
        server.kill();
        server.start();
        await(PATIENCE, () -> server.root().serves(PROCS) && server.root().serves(LOCAL));
        assertThat(ended(killed).get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(log(killed)).isEqualTo("one\ntwo\n");
        JsonNode replaced = run("{\"name\":\"wait\"}");
        await(PATIENCE, () -> log(replaced).equals("one\n"));
        server.undeploy(jar);
        jar = server.deploy(PluginJar.reversioned(Server.shipped(PROCS), "0.2.0"), "procs-next.jar");
        await(
                PATIENCE,
                () -> server.root().serves(PROCS)
                        && server.root().version(PROCS).equals("0.2.0"));
        assertThat(ended(replaced).get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(log(replaced)).isEqualTo("one\ntwo\n");
    }

    @Test
    public void row121RefusedAndMalformedAttemptsAreInTheAuditLog() {
        as("eve").post("/procs/execution", "{\"name\":\"fail\"}");
        as("ada").post("/procs/execution", "{\"name\":");
        String entries = server.root().get("/api/v1/audit?limit=200").body();
        assertThat(entries).contains("procs.denied", "procs.malformed", "POST /execution", "\"eve\"");
    }

    @Test
    public void row122TheLogIsToldLiveAndAfterwardsAlsoOfWhatFailed() {
        JsonNode live = run("{\"name\":\"wait\"}");
        JsonNode failed = run("{\"name\":\"fail\"}");
        Http ada = as("ada");
        Answer events = ada.send(
                ada.request("/procs/execution/" + live.get("id") + "/logs").header("Accept", "text/event-stream"));
        assertThat(events.body().replace(":\n\n", ""))
                .isEqualTo("id: 1\ndata: one\n\nid: 2\ndata: two\n\nevent: end\ndata: SUCCEEDED\n\n");
        Answer rest = ada.send(ada.request("/procs/execution/" + live.get("id") + "/logs")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "1"));
        assertThat(rest.body()).isEqualTo("id: 2\ndata: two\n\nevent: end\ndata: SUCCEEDED\n\n");
        ended(failed);
        assertThat(socket(ada, failed)).containsExactly("bad", "closed 1000 FAILED");
    }

    private static List<String> socket(Http http, JsonNode run) {
        List<String> heard = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        URI uri = URI.create(
                "ws://127.0.0.1:" + server.port() + "/procs/execution/logs?context_id=" + run.get("id") + "&more=1");
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + http.token().orElseThrow())
                .buildAsync(uri, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        heard.add(text.toString());
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        heard.add("closed " + status + " " + reason);
                        closed.complete(null);
                        return null;
                    }
                })
                .orTimeout(PATIENCE, TimeUnit.SECONDS)
                .join();
        closed.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
        return heard;
    }

    @Test
    public void row129RunsAreCounted() {
        ended(run("{\"name\":\"fail\"}"));
        await(PATIENCE, () -> server.http()
                .get("/procs/metrics")
                .body()
                .matches("(?s).*\nexecution_total [1-9].*status=\"FAILED\"} [1-9].*"));
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Plugins;
import org.latchkey.itest.server.Server;

/** Receipts, the chain of the audit log and explanations, from outside. */
public class AuditIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String FAIL2LOCK = "org.latchkey.hook.fail2lock";
    private static final String SECRET = "correct horse battery";
    private static final String WRONG = "wrong-but-still-a-secret";

    private Http root;

    @Before
    public void signIn() {
        root = server.root();
    }

    private void deploy(Path jar, String name) {
        if (!root.serves(name)) {
            server.deploy(jar);
            await(10, () -> root.serves(name));
        }
    }

    private Http.Answer check(String id, String secret) {
        return server.http().post("/api/v1/auth/check", Map.of("id", id, "secret", secret));
    }

    private List<JsonNode> entries(Http.Answer answer) {
        List<JsonNode> entries = new ArrayList<>();
        root.get("/api/v1/audit?request_id=" + answer.header("X-Request-Id"))
                .json()
                .path("entries")
                .forEach(entries::add);
        return entries;
    }

    private static List<String> ran(JsonNode entry) {
        List<String> ran = new ArrayList<>();
        entry.path("details").path("ran").forEach(each -> ran.add(name(each) + " " + text(each, "verdict")));
        return ran;
    }

    private static String name(JsonNode each) {
        return text(each, "place") + " " + text(each, "extension") + " " + text(each, "plugin") + " "
                + text(each, "version");
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    private JsonNode explain(String operation, String id) {
        return root.post("/api/v1/explain", Map.of("operation", operation, "id", id))
                .json();
    }

    private static List<String> names(JsonNode expected, String verdict) {
        List<String> names = new ArrayList<>();
        expected.forEach(each -> names.add(name(each) + " " + verdict));
        return names;
    }

    @Test
    public void theReceiptOfARequestIsFoundByItsId() {
        deploy(Server.shipped(FAIL2LOCK), FAIL2LOCK);
        root.post("/api/v1/entities", Map.of("id", "alice", "secret", SECRET));
        String hook = FAIL2LOCK + ".Fail2Lock " + FAIL2LOCK + " 0.1.0 ";

        List<JsonNode> accepted = entries(check("alice", SECRET));
        assertThat(accepted).extracting(each -> text(each, "type")).containsExactly("authentication", "sign-in");
        assertThat(accepted).extracting(each -> text(each, "subject")).containsOnly("alice");
        assertThat(accepted)
                .extracting(each -> text(each.path("details"), "outcome"))
                .containsOnly("ok");
        assertThat(ran(accepted.get(0))).containsExactly("PreAuthCheck " + hook + "ok", "PostAuthCheck " + hook + "ok");
        assertThat(ran(accepted.get(1))).hasSize(1).allMatch(each -> each.endsWith(" accepted"));

        for (int i = 0; i < 3; i++) {
            List<JsonNode> wrong = entries(check("alice", WRONG));
            assertThat(text(wrong.get(0).path("details"), "outcome")).isEqualTo("refused:wrong-secret");
            assertThat(ran(wrong.get(0)))
                    .containsExactly("PreAuthCheck " + hook + "ok", "FailedAuthCheck " + hook + "ok");
        }
        List<JsonNode> locked = entries(check("alice", SECRET));
        assertThat(text(locked.get(0).path("details"), "outcome")).isEqualTo("refused:fail2lock");
        assertThat(ran(locked.get(0)))
                .containsExactly("PreAuthCheck " + hook + "refused:fail2lock", "FailedAuthCheck " + hook + "ok");
        assertThat(locked.get(0).path("details").path("micros").has("PreAuthCheck"))
                .isTrue();
        root.delete("/api/v1/plugins/" + FAIL2LOCK);
    }

    @Test
    public void row121_whatWasRefusedStandsThereToo() {
        Http.Answer denied =
                server.http().signedInAs("root", server.rootSecret()).delete("/api/v1/entities/root");
        assertThat(denied.status()).isEqualTo(403);
        List<JsonNode> entries = entries(denied);
        assertThat(entries).hasSize(1);
        assertThat(text(entries.get(0), "type")).isEqualTo("entity-destroy");
        assertThat(text(entries.get(0).path("details"), "outcome")).isEqualTo("refused:root");
    }

    @Test
    public void h02_whoNeverAnswersIsTheLastInTheReceiptAndItStaysOne() {
        String spins = "for (long end = System.nanoTime() + 2_500_000_000L; System.nanoTime() < end; ) "
                + "{ Thread.onSpinWait(); } return entity;";
        deploy(Plugins.creationHook("org.example.spinner", spins).build(), "org.example.spinner");
        long start = System.nanoTime();
        Http.Answer late = root.post("/api/v1/entities", Map.of("id", "late"));
        assertThat(late.status()).isEqualTo(503);
        List<JsonNode> entries = entries(late);
        assertThat(entries).hasSize(1);
        assertThat(text(entries.get(0).path("details"), "outcome")).isNotEqualTo("ok");
        assertThat(ran(entries.get(0)))
                .containsExactly("EntityCreate org.example.spinner.Hook org.example.spinner 1.0.0 failed");
        await(10, () -> System.nanoTime() - start > 3_000_000_000L);
        assertThat(entries(late)).hasSize(1);
        assertThat(root.get("/api/v1/entities/late").status()).isEqualTo(404);
        root.delete("/api/v1/plugins/org.example.spinner");
    }

    @Test
    public void explainForetellsTheReceiptOfALoginAndOfACreation() {
        List<String> plugins = List.of("org.example.one", "org.example.two", "org.example.three");
        for (int i = 0; i < plugins.size(); i++) {
            deploy(hook(plugins.get(i), 10 - i), plugins.get(i));
        }
        JsonNode creation = explain("entity-create", "ed");
        Http.Answer created = root.post("/api/v1/entities", Map.of("id", "ed", "secret", SECRET));
        assertThat(created.status()).isEqualTo(201);
        JsonNode receipt = entries(created).get(0);
        assertThat(plugins(creation.path("would_run")))
                .startsWith("org.example.one", "org.example.two")
                .hasSize(9);
        assertThat(ran(receipt)).isEqualTo(names(creation.path("would_run"), "ok"));

        JsonNode login = explain("authentication", "ed");
        List<JsonNode> accepted = entries(check("ed", SECRET));
        assertThat(ran(accepted.get(0))).isEqualTo(names(login.path("would_run"), "ok"));
        assertThat(ran(accepted.get(1))).isEqualTo(names(login.path("authenticators"), "accepted"));
        assertThat(text(login.path("authenticators").path(0), "control")).isEqualTo("requisite");
        List<JsonNode> rejected = entries(check("ed", WRONG));
        List<String> expected =
                new ArrayList<>(names(login.path("would_run"), "ok").subList(0, 3));
        expected.addAll(names(login.path("if_rejected"), "ok"));
        assertThat(ran(rejected.get(0))).isEqualTo(expected);

        assertThat(explain("authentication", "root").path("would_run")).isEmpty();
        assertThat(server.shell("explain authentication ed").out()).contains("org.example.two", "FailedAuthCheck");
        assertThat(root.post("/api/v1/explain", Map.of("operation", "nonsense", "id", "ed"))
                        .status())
                .isEqualTo(400);
        plugins.forEach(name -> root.delete("/api/v1/plugins/" + name));
    }

    private static List<String> plugins(JsonNode expected) {
        List<String> plugins = new ArrayList<>();
        expected.forEach(each -> plugins.add(text(each, "plugin")));
        return plugins;
    }

    private static Path hook(String name, int ranking) {
        return PluginJar.named(name).source("Hook", """
                        @Component(property = "service.ranking:Integer=%d")
                        public final class Hook implements DirectoryHook { }
                        """.formatted(ranking)).build();
    }

    @Test
    public void whatAHookSaysOfASecretNeverReachesTheLog() throws IOException {
        deploy(
                Plugins.creationHook("org.example.talker", "throw new IllegalStateException(\"" + SECRET + "\");")
                        .build(),
                "org.example.talker");
        assertThat(root.post("/api/v1/entities", Map.of("id", "told", "secret", SECRET))
                        .status())
                .isEqualTo(503);
        root.delete("/api/v1/plugins/org.example.talker");
        check("root", WRONG);
        root.post("/api/v1/entities", Map.of("id", "told", "secret", SECRET));
        root.put("/api/v1/entities/told/secret", Map.of("secret", SECRET + "2"));
        check("told", SECRET + "2");
        String log = log();
        assertThat(log).contains("\"entity-create\"", "\"secret-change\"", "\"told\"");
        assertThat(log)
                .doesNotContain(SECRET, WRONG, server.rootSecret(), root.token().orElseThrow(), "argon2", "eyJ");
    }

    private static String log() throws IOException {
        StringBuilder log = new StringBuilder();
        for (Path file : files()) {
            log.append(Files.readString(file));
        }
        return log.toString();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(server.data().resolve("audit"))) {
            return files.sorted().toList();
        }
    }

    @Test
    public void a17_killedInAStreamOfChangesItHasTheReceiptOfEachAcknowledgedOne() throws Exception {
        List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
        for (int round = 0; round < 2; round++) {
            int before = acknowledged.size();
            AtomicBoolean killed = new AtomicBoolean();
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String prefix = "k" + round + "-" + writer + "-";
                Thread thread = new Thread(() -> create(prefix, acknowledged, killed));
                thread.start();
                writers.add(thread);
            }
            await(60, () -> acknowledged.size() > before + 200);
            server.kill();
            killed.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            server.start();
            root = server.root();
        }
        Set<String> written = new HashSet<>();
        String cursor = "";
        for (int page = 0; page < 100; page++) {
            JsonNode json =
                    root.get("/api/v1/audit?limit=1000&cursor=" + cursor).json();
            json.path("entries").forEach(each -> {
                if (text(each, "type").equals("entity-create")
                        && text(each.path("details"), "outcome").equals("ok")) {
                    written.add(text(each, "subject"));
                }
            });
            if (!json.has("next")) {
                break;
            }
            cursor = text(json, "next");
        }
        assertThat(acknowledged).hasSizeGreaterThan(400);
        assertThat(written).containsAll(acknowledged);
        Server.Answer verified = server.shell("audit verify");
        assertThat(verified.exitCode()).as(verified.err()).isEqualTo(0);
        theLineChangedByHandIsFound();
    }

    private void create(String prefix, List<String> acknowledged, AtomicBoolean killed) {
        Http http = root;
        for (int i = 0; i < 100_000 && !killed.get(); i++) {
            String id = prefix + i;
            try {
                if (http.post("/api/v1/entities", Map.of("id", id)).status() == 201) {
                    acknowledged.add(id);
                }
            } catch (UncheckedIOException serverDied) {
                return;
            }
        }
    }

    private static void theLineChangedByHandIsFound() throws IOException {
        Path file = files().get(0);
        String whole = Files.readString(file);
        String line = whole.lines().skip(40).findFirst().orElseThrow();
        String changed = line.replaceFirst("\"actor\":\"[a-z]*\"", "\"actor\":\"mallory\"");
        Files.writeString(file, whole.replace(line, changed), StandardOpenOption.TRUNCATE_EXISTING);
        Server.Answer verified = server.shell("audit verify");
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.err()).contains("broken at seq 41");
        assertThat(server.shell("audit verify --json").out()).contains("\"intact\" : false");
        Files.writeString(file, whole, StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(server.shell("audit verify").exitCode()).isEqualTo(0);
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Plugins;
import org.latchkey.itest.server.Server;

/** Rows 19 to 30 from outside: each point once, with the right values, whichever way the change comes. */
public class TwelvePointsIT {

    @ClassRule
    public static final Server server = new Server().withEtc("latchkey.kernel", "quarantineSeconds=L\"0\"");

    private static final String SECRET = "correct horse battery";

    private Http root;

    @Before
    public void deployRecorder() throws IOException {
        Files.writeString(server.etc().resolve("example.recorder.config"), "latchkey.grants=[\"secret:read\"]\n");
        root = server.root();
        if (server.http().get("/recorder/").status() != 200) {
            server.deploy(Plugins.recorder());
            await(5, () -> server.http().get("/recorder/").status() == 200);
            await(5, () -> {
                throwAt("nowhere");
                server.http().check("root2", "x");
                root.post("/api/v1/entities", Map.of("id", "probe", "secret", SECRET));
                root.delete("/api/v1/entities/probe");
                return String.join("\n", calls()).contains("secret=" + SECRET);
            });
        }
        throwAt("nowhere");
    }

    @Test
    public void restAndShellMeetTheSameHooksWithTheSameValues() {
        List<String> byRest = play(restChanges("bob", "ops"));
        List<String> byShell = play(shellChanges("bob", "ops"));
        assertThat(points(byRest))
                .containsExactly(
                        "PreSecretChange",
                        "PostSecretChange",
                        "EntityCreate",
                        "EntityUpdate",
                        "EntityLock",
                        "EntityUnlock",
                        "PreSecretChange",
                        "PostSecretChange",
                        "PreAuthCheck",
                        "PostAuthCheck",
                        "PreAuthCheck",
                        "GroupCreate",
                        "GroupUpdate",
                        "GroupDestroy",
                        "EntityDestroy");
        assertThat(points(byShell)).isEqualTo(points(byRest));
        assertThat(withoutNumbers(byShell)).isEqualTo(withoutNumbers(byRest));
        assertThat(byRest.get(0)).contains("id=bob").endsWith("secret=" + SECRET);
        assertThat(byRest.get(2)).contains("hasSecret=true").doesNotContain("number=0,");
        assertThat(byRest.get(4)).contains("locked=true");
        assertThat(byRest.get(5)).contains("locked=false");
    }

    @Test
    public void throwingAtAPointStoresNothingAndIsToldWithoutDetails() {
        root.post("/api/v1/entities", Map.of("id", "carol", "secret", SECRET));
        root.post("/api/v1/groups", Map.of("name", "dev"));
        String carol = root.get("/api/v1/entities/carol").body();
        String dev = root.get("/api/v1/groups/dev").body();
        changesOf("carol", "dev").forEach((point, change) -> {
            throwAt(point);
            assertThat(change.getAsInt()).as(point).isEqualTo(503);
            assertThat(points(calls())).as(point).contains(point);
            throwAt("nowhere");
            assertThat(root.get("/api/v1/entities/carol").body()).as(point).isEqualTo(carol);
            assertThat(root.get("/api/v1/groups/dev").body()).as(point).isEqualTo(dev);
            assertThat(root.get("/api/v1/entities/dave").status()).as(point).isEqualTo(404);
            assertThat(root.get("/api/v1/groups/new").status()).as(point).isEqualTo(404);
        });
        for (String point : List.of("PreAuthCheck", "PostAuthCheck")) {
            throwAt(point);
            assertThat(server.http().check("carol", SECRET)).as(point).isFalse();
        }
        throwAt("nowhere");
        assertThat(server.http().check("carol", SECRET)).isTrue();
    }

    private Map<String, IntSupplier> changesOf(String entity, String group) {
        String at = "/api/v1/entities/" + entity;
        Map<String, IntSupplier> changes = new LinkedHashMap<>();
        changes.put("EntityCreate", () -> root.post("/api/v1/entities", Map.of("id", "dave"))
                .status());
        changes.put("EntityUpdate", () -> root.patch(at, Map.of("meta", Map.of("shell", "/bin/sh")))
                .status());
        changes.put("EntityLock", () -> root.send("POST", at + "/lock").status());
        changes.put("EntityUnlock", () -> root.send("POST", at + "/unlock").status());
        changes.put("EntityDestroy", () -> root.delete(at).status());
        changes.put("PreSecretChange", () -> root.put(at + "/secret", Map.of("secret", "another secret"))
                .status());
        changes.put("PostSecretChange", () -> root.put(at + "/secret", Map.of("secret", "another secret"))
                .status());
        changes.put("GroupCreate", () -> root.post("/api/v1/groups", Map.of("name", "new"))
                .status());
        changes.put("GroupUpdate", () -> root.patch("/api/v1/groups/" + group, Map.of("display_name", "x"))
                .status());
        changes.put("GroupDestroy", () -> root.delete("/api/v1/groups/" + group).status());
        return changes;
    }

    private List<Runnable> restChanges(String entity, String group) {
        String at = "/api/v1/entities/" + entity;
        return List.of(
                () -> root.post("/api/v1/entities", Map.of("id", entity, "secret", SECRET)),
                () -> root.patch(at, Map.of("meta", Map.of("shell", "/bin/sh"))),
                () -> root.send("POST", at + "/lock"),
                () -> root.send("POST", at + "/unlock"),
                () -> root.put(at + "/secret", Map.of("secret", "another secret")),
                () -> server.http().check(entity, "another secret"),
                () -> server.http().check(entity, "wrong"),
                () -> root.post("/api/v1/groups", Map.of("name", group)),
                () -> root.patch("/api/v1/groups/" + group, Map.of("display_name", "Operations")),
                () -> root.delete("/api/v1/groups/" + group),
                () -> root.delete(at));
    }

    private List<Runnable> shellChanges(String entity, String group) {
        return List.of(
                () -> shell("entity create " + entity + " --secret '" + SECRET + "'"),
                () -> shell("entity update " + entity + " --shell /bin/sh"),
                () -> shell("entity lock " + entity),
                () -> shell("entity unlock " + entity),
                () -> shell("auth change-secret " + entity, "another secret\n"),
                () -> shell("auth check " + entity, "another secret\n"),
                () -> assertThat(server.shell("auth check " + entity, "wrong\n").exitCode())
                        .isEqualTo(1),
                () -> shell("group create " + group),
                () -> shell("group update " + group + " --display-name Operations"),
                () -> shell("group destroy " + group),
                () -> shell("entity destroy " + entity));
    }

    private static void shell(String line) {
        shell(line, "");
    }

    private static void shell(String line, String input) {
        Server.Answer answer = server.shell(line, input);
        assertThat(answer.exitCode()).as(line + ": " + answer.err()).isEqualTo(0);
    }

    private List<String> play(List<Runnable> changes) {
        throwAt("nowhere");
        changes.forEach(Runnable::run);
        return calls();
    }

    private static List<String> points(List<String> calls) {
        return calls.stream().map(call -> call.split(" ")[0]).toList();
    }

    private static List<String> withoutNumbers(List<String> calls) {
        return calls.stream()
                .map(call -> call.replaceAll("number=\\d+", "number=n"))
                .toList();
    }

    private static void throwAt(String point) {
        server.http().get("/recorder/throw?at=" + point);
    }

    private static List<String> calls() {
        return server.http().get("/recorder/").body().lines().toList();
    }
}

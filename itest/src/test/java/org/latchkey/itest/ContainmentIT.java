package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Plugins;
import org.latchkey.itest.server.Server;

/** Attack cases H: what a misbehaving hook can do to others. */
public class ContainmentIT {

    @ClassRule
    public static final Server server = new Server().withEtc("latchkey.deployer", "bakeMillis=L\"0\"");

    private Http root;

    @Before
    public void signIn() {
        root = server.root();
    }

    @Test
    public void h02_aHookThatSleepsForeverIsEndedAtItsDeadline() {
        withHook(
                "org.example.sleeper",
                "while (true) try { Thread.sleep(100_000); } catch (InterruptedException e) { return entity; }",
                () -> {
                    Http.Answer answer = root.post("/api/v1/entities", Map.of("id", "late"));
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(root.get("/api/v1/entities/late").status()).isEqualTo(404);
                    assertThat(root.get("/api/v1/entities/root").status()).isEqualTo(200);
                });
        assertThat(root.post("/api/v1/entities", Map.of("id", "late")).status()).isEqualTo(201);
    }

    @Test
    public void h02_aHookThatSpinsForeverAnswersAnywayAndTakesNoMoreThreads() {
        withHook("org.example.spinner", "while (true) { Thread.onSpinWait(); }", () -> {
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(
                        root.post("/api/v1/entities", Map.of("id", "spun" + i)).status());
            }
            assertThat(answers).containsOnly(503);
            assertThat(root.get("/api/v1/hooks").body()).contains("\"quarantined\"", "stuck");
            assertThat(root.get("/api/v1/entities/root").status()).isEqualTo(200);
        });
        assertThat(root.post("/api/v1/entities", Map.of("id", "spun0")).status())
                .isEqualTo(201);
    }

    @Test
    public void h03_errorsOfAHookAreRefusalsAndTheServerLives() {
        for (String error : new String[] {
            "throw new StackOverflowError();",
            "throw new OutOfMemoryError();",
            "throw new NoClassDefFoundError();",
            "throw new ThreadDeath();",
            "throw new RuntimeException(\"hash $argon2id$ and path /etc\");"
        }) {
            withHook("org.example.thrower", error, () -> {
                Http.Answer answer = root.post("/api/v1/entities", Map.of("id", "thrown"));
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).doesNotContain("argon2id", "/etc", "Error", "Exception");
            });
        }
        assertThat(root.get("/api/v1/entities/thrown").status()).isEqualTo(404);
    }

    @Test
    public void h04_nonsenseFromAHookStoresNothing() {
        for (String nonsense : new String[] {
            "return null;",
            "return Entity.named(\"mallory\");",
            "return entity.withNumber(1);",
            "return entity.withCapabilities(Set.of(Capability.GLOBAL_ROOT));",
            "return entity.withKv(\"k\", List.of(\"x\".repeat(50_000_000)));",
            "return entity.withMeta(MetaField.GECOS, \"\\u0000\");"
        }) {
            withHook("org.example.liar", nonsense, () -> {
                assertThat(root.post("/api/v1/entities", Map.of("id", "lied")).status())
                        .as(nonsense)
                        .isEqualTo(503);
                assertThat(root.get("/api/v1/entities/lied").status()).isEqualTo(404);
                assertThat(root.get("/api/v1/entities/mallory").status()).isEqualTo(404);
            });
        }
    }

    @Test
    public void h04_aHookThatGoesOnAnsweringNonsenseIsPutInQuarantine() {
        withHook("org.example.nobody", "return null;", () -> {
            for (int i = 0; i < 5; i++) {
                assertThat(root.post("/api/v1/entities", Map.of("id", "lied")).status())
                        .isEqualTo(503);
            }
            assertThat(root.get("/api/v1/hooks").body()).contains("\"quarantined\"", "answered null");
        });
    }

    @Test
    public void h05_equalRanksKeepTheirOrderOverRedeploysAndRestarts() {
        List<Path> jars = new ArrayList<>();
        for (String name : List.of("org.example.c", "org.example.a", "org.example.b")) {
            jars.add(server.deploy(Plugins.creationHook(name, "return entity;").build()));
            await(5, () -> root.serves(name));
        }
        List<String> order = List.of("org.example.a", "org.example.b", "org.example.c");
        assertThat(chain()).isEqualTo(order);
        server.undeploy(jars.get(1));
        await(5, () -> chain().size() == 2);
        server.deploy(Plugins.creationHook("org.example.a", "return entity;").build());
        await(5, () -> chain().size() == 3);
        assertThat(chain()).isEqualTo(order);
        server.stop();
        server.start();
        root = server.root();
        assertThat(chain()).isEqualTo(order);
        for (String name : order) {
            root.delete("/api/v1/plugins/" + name);
        }
    }

    @Test
    public void h06_whatAHookDoesToItsValueLaterHasNoEffect() {
        String keepsAndChanges = """
                Map<String, List<String>> kv = new HashMap<>(Map.of("k", new ArrayList<>(List.of("before"))));
                List<String> mine = kv.get("k");
                Entity answer = entity.withKv("k", mine);
                mine.set(0, "after");
                kv.clear();
                try { answer.kv().clear(); } catch (UnsupportedOperationException immutable) { }
                return answer;
                """;
        withHook("org.example.keeper", keepsAndChanges, () -> {
            root.post("/api/v1/entities", Map.of("id", "kept"));
            assertThat(root.get("/api/v1/entities/kept")
                            .json()
                            .path("kv")
                            .path("k")
                            .path(0)
                            .asText())
                    .isEqualTo("before");
        });
    }

    @Test
    public void h07_aHookThatWasGrantedNothingSeesNoSecret() {
        Path jar = server.deploy(
                PluginJar.named("org.example.curious").source("Curious", """
                        @Component(property = "latchkey.grants=secret:read")
                        public final class Curious implements DirectoryHook {
                            public Entity entityCreate(Entity entity, Change<Entity> change) {
                                return entity.withKv("saw", List.of(String.valueOf(change.secret().isPresent())));
                            }
                        }
                        """).build());
        await(5, () -> root.serves("org.example.curious"));
        root.post("/api/v1/entities", Map.of("id", "watched", "secret", "correct horse battery"));
        assertThat(root.get("/api/v1/entities/watched")
                        .json()
                        .path("kv")
                        .path("saw")
                        .path(0)
                        .asText())
                .isEqualTo("false");
        server.undeploy(jar);
    }

    @Test
    public void h13_rootGetsInPastHooksThatDenyEverything() {
        Path jar = server.deploy(
                PluginJar.named("org.example.deny").source("Deny", """
                        @Component
                        public final class Deny implements DirectoryHook, Authenticator {
                            private static <T> T no() { throw new Refusal("no", "No."); }
                            public Entity preAuthCheck(Entity e, Attempt a) { return no(); }
                            public Entity postAuthCheck(Entity e, Attempt a) { return no(); }
                            public Entity entityCreate(Entity e, Change<Entity> c) { return no(); }
                            public Verdict authenticate(Attempt attempt) { return no(); }
                        }
                        """).build());
        await(5, () -> root.serves("org.example.deny"));
        assertThat(root.post("/api/v1/entities", Map.of("id", "denied")).status())
                .isEqualTo(422);
        assertThat(server.root().get("/api/v1/entities/root").status()).isEqualTo(200);
        assertThat(server.shell("remove org.example.deny").exitCode()).isEqualTo(0);
        assertThat(jar).doesNotExist();
        assertThat(root.post("/api/v1/entities", Map.of("id", "denied")).status())
                .isEqualTo(201);
    }

    @Test
    public void requestsInFlightFinishOnTheRevisionTheyEntered() throws Exception {
        String slow = """
                @Component(property = "latchkey.mount=slow")
                public final class Page implements Endpoint {
                    private volatile boolean closed;
                    @Deactivate void close() { closed = true; }
                    public Response handle(Request request) {
                        try { Thread.sleep(1500); } catch (InterruptedException e) { return Response.text(500, "interrupted"); }
                        return Response.text(closed ? 500 : 200, "one");
                    }
                }
                """;
        Path jar = server.deploy(
                PluginJar.named("org.example.slow").source("Page", slow).build(), "slow.jar");
        await(5, () -> root.serves("org.example.slow"));
        CompletableFuture<String> inFlight =
                CompletableFuture.supplyAsync(() -> server.http().get("/slow/").body());
        Thread.sleep(300);
        server.deploy(
                PluginJar.named("org.example.slow")
                        .version("1.1.0")
                        .source("Page", slow.replace("1500", "1").replace("\"one\"", "\"two\""))
                        .build(),
                "slow.jar");
        await(5, () -> server.http().get("/slow/").body().equals("two"));
        assertThat(inFlight.get()).isEqualTo("one");
        server.undeploy(jar);
    }

    private List<String> chain() {
        List<String> names = new ArrayList<>();
        for (var point : root.get("/api/v1/hooks").json().path("points")) {
            if (point.path("point").asText().equals("DirectoryHook")) {
                point.path("chain")
                        .forEach(link -> names.add(link.path("plugin").asText()));
            }
        }
        return names;
    }

    private void withHook(String name, String body, Runnable test) {
        Path jar = server.deploy(Plugins.creationHook(name, body).build());
        await(5, () -> root.serves(name));
        test.run();
        server.undeploy(jar);
        await(15, () -> !root.serves(name));
    }
}

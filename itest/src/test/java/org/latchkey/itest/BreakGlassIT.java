package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.live.Chameleon;
import org.latchkey.itest.live.Manner;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Rejected;
import org.latchkey.itest.server.Server;

/** Promise 4: whatever plugins do, the operator gets in and the server starts (attack cases H-13, P-31). */
public class BreakGlassIT {

    private static final String DENY = "org.example.deny";

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.deployer", "startSeconds=L\"2\"", "bakeMillis=L\"500\"")
            .withEtc("latchkey.kernel", "quarantineSeconds=L\"60\"");

    @After
    public void takeEverythingOut() throws IOException {
        try (var jars = Files.newDirectoryStream(server.deploy(), "*.jar")) {
            for (Path jar : jars) {
                Files.delete(jar);
            }
        }
        new Rejected(server).clear();
        Http root = server.root();
        await(10, () -> !root.get("/api/v1/plugins").body().contains("\"active\""));
    }

    /** At every point this body; an authenticator and an authorizer with it too. */
    private static Path everywhere(String body) {
        return PluginJar.named(DENY).source("Deny", """
                        @Component(service = {DirectoryHook.class, Authenticator.class, Authorizer.class},
                                property = {"service.ranking:Integer=1000", "latchkey.control=requisite"})
                        public final class Deny implements DirectoryHook, Authenticator, Authorizer {
                            private static <T> T no() { %s }
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
                            public Entity failedAuthCheck(Entity e, Attempt a) { return no(); }
                            public Verdict authenticate(Attempt attempt) { return no(); }
                            public Vote vote(org.latchkey.api.Principal p, Set<String> groups) { return no(); }
                        }
                        """.formatted(body)).build();
    }

    @Test
    public void h13_whatDeniesEverythingIsTakenOutByShell() {
        Path jar = server.deploy(everywhere("throw new Refusal(\"no\", \"No.\");"));
        await(5, () -> server.root().serves(DENY));
        Http root = server.root();
        assertThat(root.post("/api/v1/entities", Map.of("id", "denied")).status())
                .isEqualTo(422);
        assertThat(server.shell("status").exitCode()).isIn(0, 1);
        assertThat(server.shell("hooks").out()).contains(DENY);
        assertThat(server.shell("remove " + DENY).exitCode()).isEqualTo(0);
        assertThat(jar).doesNotExist();
        worksAgain(root);
    }

    @Test
    public void h13_whatFailsEverywhereIsTakenOutByShell() {
        server.deploy(everywhere("throw new StackOverflowError();"));
        await(5, () -> server.root().serves(DENY));
        Http root = server.root();
        for (int i = 0; i < 30; i++) {
            assertThat(root.post("/api/v1/entities", Map.of("id", "denied")).status())
                    .isIn(503, 201, 409);
            assertThat(server.root().get("/api/v1/hooks").status()).isEqualTo(200);
        }
        server.shell("remove " + DENY);
        root.delete("/api/v1/entities/denied");
        worksAgain(root);
    }

    @Test
    public void h13_whatHangsEverywhereIsTakenOutByShell() {
        server.deploy(everywhere(
                "while (true) try { Thread.sleep(100_000); } catch (InterruptedException deaf) { continue; }"));
        await(5, () -> server.root().serves(DENY));
        Http root = server.root();
        assertThat(root.post("/api/v1/entities", Map.of("id", "denied")).status())
                .isEqualTo(503);
        assertThat(server.root().get("/api/v1/plugins").status()).isEqualTo(200);
        server.shell("remove " + DENY);
        worksAgain(root);
    }

    /** What throws in activation never serves at all, and whoever it comes with neither. */
    @Test
    public void whatDeniesEverythingAndThrowsInActivationNeverServes() {
        server.deploy(everywhere("throw new Refusal(\"no\", \"No.\");"), "deny.jar");
        Path sour = PluginJar.named(DENY).version("2.0.0").source("Sour", """
                        @Component
                        public final class Sour implements DirectoryHook {
                            @Activate public Sour() { throw new IllegalStateException("no database"); }
                            public Entity preAuthCheck(Entity e, Attempt a) { throw new Refusal("no", "No."); }
                        }
                        """).build();
        await(5, () -> server.root().serves(DENY));
        server.deploy(sour, "sour.jar");
        assertThat(new Rejected(server).reason("sour.jar", 5)).contains("no database");
        assertThat(server.shell("remove " + DENY).exitCode()).isEqualTo(0);
        worksAgain(server.root());
    }

    private static void worksAgain(Http root) {
        await(5, () -> !root.serves(DENY));
        assertThat(root.post("/api/v1/entities", Map.of("id", "denied", "secret", "correct horse battery"))
                        .status())
                .isEqualTo(201);
        assertThat(server.http().check("denied", "correct horse battery")).isTrue();
        assertThat(root.delete("/api/v1/entities/denied").status()).isEqualTo(204);
    }

    @Test
    public void inSafeModeTheServerRunsWithoutPluginsAndLeavesThemAlone() throws IOException {
        Path jar = server.deploy(everywhere("throw new Refusal(\"no\", \"No.\");"));
        await(5, () -> server.root().serves(DENY));
        byte[] before = Files.readAllBytes(jar);
        server.stop();
        Path bad = Files.writeString(server.deploy().resolve("bad.jar"), "no jar at all");
        server.start("--safe-mode");
        Http root = server.root();
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
        assertThat(root.serves(DENY)).isFalse();
        worksAgainBeside(root);
        assertThat(jar).hasBinaryContent(before);
        assertThat(bad).hasContent("no jar at all");
        assertThat(server.deploy().resolve(".rejected/bad.jar")).doesNotExist();
        assertThat(server.shell("plugins").exitCode()).isEqualTo(0);
        assertThat(root.get("/api/v1/system/status").body()).containsPattern("(?i)safe.mode");

        server.stop();
        server.start();
        await(5, () -> server.root().serves(DENY));
        assertThat(server.root()
                        .post("/api/v1/entities", Map.of("id", "denied"))
                        .status())
                .isEqualTo(422);
    }

    private static void worksAgainBeside(Http root) {
        assertThat(root.post("/api/v1/entities", Map.of("id", "safe")).status()).isEqualTo(201);
        assertThat(root.delete("/api/v1/entities/safe").status()).isEqualTo(204);
    }

    @Test
    public void p31_theServerStartsWithoutWhatIsBroken() {
        server.stop();
        Chameleon page = Chameleon.page();
        server.deploy(page.jar("1.0.0", "good", Manner.GOOD), "good.jar");
        Chameleon policy = Chameleon.policy();
        server.deploy(policy.jar("1.0.0", "hangs", Manner.ACTIVATOR_HANGS), "hangs.jar");
        server.deploy(PluginJar.named("org.example.sour").source("Sour", """
                                @Component
                                public final class Sour implements DirectoryHook {
                                    @Activate public Sour() { throw new NoClassDefFoundError("org/acme/Missing"); }
                                }
                                """).build(), "sour.jar");
        server.start();
        Http root = server.root();
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
        assertThat(server.http().get("/page/").body()).isEqualTo("good");
        Rejected rejected = new Rejected(server);
        assertThat(rejected.reason("hangs.jar", 10)).contains("within 2 s");
        assertThat(rejected.reason("sour.jar", 10)).contains("org/acme/Missing");
        assertThat(root.get("/api/v1/system/status").body()).contains("hangs.jar", "sour.jar");
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Plugins;
import org.latchkey.itest.server.Server;

/** What is in the deploy directory is what runs: attack cases P and the architecture's promise 1. */
public class DeployIT {

    @ClassRule
    public static final Server server = new Server();

    private Http root;

    @Before
    public void signIn() {
        root = server.root();
    }

    @After
    public void emptyTheDirectories() throws IOException {
        for (Path folder : new Path[] {server.deploy(), server.deploy().resolve(".rejected")}) {
            if (Files.isDirectory(folder)) {
                try (var files = Files.list(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
        await(5, () -> root.get("/api/v1/plugins").json().path("plugins").isEmpty());
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    public void aJarServesWithinASecondAndIsGoneWithinASecond() {
        Path jar = Plugins.endpoint("org.example.page", "page", "hello").build();
        for (int i = 0; i < 5; i++) {
            Path deployed = server.deploy(jar);
            assertThat(await(5, () -> page("page").equals("200 hello"))).isLessThan(1000);
            server.undeploy(deployed);
            assertThat(await(5, () -> page("page").startsWith("404"))).isLessThan(1000);
        }
    }

    @Test
    public void aPluginIsReplacedByOverwritingItsJarAndByAHigherVersion() {
        server.deploy(Plugins.endpoint("org.example.page", "page", "one").build(), "page.jar");
        await(5, () -> page("page").equals("200 one"));
        server.deploy(Plugins.endpoint("org.example.page", "page", "two").build(), "page.jar");
        await(5, () -> page("page").equals("200 two"));
        Path newer = server.deploy(
                Plugins.endpoint("org.example.page", "page", "three")
                        .version("1.1.0")
                        .build(),
                "page-1.1.jar");
        await(5, () -> page("page").equals("200 three"));
        server.undeploy(newer);
        await(5, () -> page("page").equals("200 two"));
    }

    @Test
    public void p01_aSlowCopyIsWaitedFor() throws Exception {
        byte[] content = Files.readAllBytes(
                Plugins.endpoint("org.example.page", "page", "slow").build());
        Path slow = server.deploy().resolve("slow.jar");
        try (OutputStream out = Files.newOutputStream(slow)) {
            int piece = content.length / 10 + 1;
            for (int from = 0; from < content.length; from += piece) {
                out.write(content, from, Math.min(piece, content.length - from));
                Thread.sleep(300);
            }
        }
        assertThat(await(5, () -> page("page").equals("200 slow"))).isLessThan(1000);
        assertThat(server.deploy().resolve(".rejected/slow.jar")).doesNotExist();
        assertThat(server.logs()).doesNotContain("zip");
    }

    @Test
    public void p02_whatIsNoJarIsMovedAwayWithTheReason() throws Exception {
        byte[] whole = Files.readAllBytes(
                Plugins.endpoint("org.example.page", "page", "x").build());
        Files.write(server.deploy().resolve("empty.jar"), new byte[0]);
        Files.write(server.deploy().resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(server.deploy().resolve("page.jar"), "<html>404 Not Found</html>");
        assertThat(reason("empty.jar")).isEqualTo("It is empty (0 bytes).");
        assertThat(reason("half.jar")).contains("truncated");
        assertThat(reason("page.jar")).contains("not a jar");
        await(10, () -> !Files.exists(server.deploy().resolve("half.jar")));
        assertThat(server.deploy().resolve(".rejected/half.jar")).exists();
        assertThat(root.get("/api/v1/plugins").body()).contains("empty.jar", "It is empty");
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
    }

    @Test
    public void p14_aMissingImportIsNamedAndThePreviousVersionStays() {
        server.deploy(Plugins.endpoint("org.example.page", "page", "good").build(), "page.jar");
        await(5, () -> page("page").equals("200 good"));
        server.deploy(
                Plugins.endpoint("org.example.page", "page", "bad")
                        .header("Import-Package", "org.acme.missing;version=\"[1.2,2)\",*")
                        .build(),
                "page.jar");
        assertThat(reason("page.jar"))
                .isEqualTo("It imports the package org.acme.missing [1.2.0,2.0.0), which no bundle exports.");
        assertThat(page("page")).isEqualTo("200 good");
        await(5, () -> Files.exists(server.deploy().resolve("page.jar")));
        server.deploy(
                Plugins.endpoint("org.example.page", "page", "bad")
                        .version("2.0.0")
                        .header("Import-Package", "org.latchkey.api;version=\"[7,8)\",*")
                        .build(),
                "page-2.jar");
        assertThat(reason("page-2.jar"))
                .isEqualTo("It was built for org.latchkey.api [7.0.0,8.0.0), but the server has 1.0.0: "
                        + "the plugin is newer than the server.");
        assertThat(page("page")).isEqualTo("200 good");
    }

    @Test
    public void p16_aServiceRegisteredBeforeTheActivatorThrowsIsNeverSeen() {
        server.deploy(PluginJar.named("org.example.half")
                .source("Activator", """
                        public final class Activator implements org.osgi.framework.BundleActivator {
                            public void start(org.osgi.framework.BundleContext context) throws Exception {
                                Hashtable<String, Object> mount = new Hashtable<>(Map.of("latchkey.mount", "half"));
                                context.registerService(Endpoint.class, request -> Response.text(200, "seen"), mount);
                                Thread.sleep(1000);
                                throw new IllegalStateException("half started");
                            }
                            public void stop(org.osgi.framework.BundleContext context) {}
                        }
                        """)
                .header("Bundle-Activator", "org.example.half.Activator")
                .build());
        for (int i = 0; i < 100 && !Files.exists(reasonFile("org.example.half-1.0.0.jar")); i++) {
            assertThat(page("half")).startsWith("404");
        }
        assertThat(reason("org.example.half-1.0.0.jar"))
                .isEqualTo("It failed to start: IllegalStateException: half started");
        assertThat(page("half")).startsWith("404");
    }

    @Test
    public void aComponentThatThrowsInActivationIsRejectedWithItsReason() {
        server.deploy(PluginJar.named("org.example.sour").source("Sour", """
                        @Component
                        public final class Sour implements DirectoryHook {
                            @Activate public Sour() { throw new IllegalStateException("no database"); }
                        }
                        """).build());
        assertThat(reason("org.example.sour-1.0.0.jar")).contains("Sour").contains("no database");
    }

    @Test
    public void p17_theSameVersionWithOtherContentIsRefused() {
        server.deploy(Plugins.endpoint("org.example.page", "page", "first").build(), "a.jar");
        await(5, () -> page("page").equals("200 first"));
        server.deploy(Plugins.endpoint("org.example.page", "page", "second").build(), "b.jar");
        assertThat(reason("b.jar")).isEqualTo("org.example.page 1.0.0 is already there, in a.jar.");
        assertThat(page("page")).isEqualTo("200 first");
    }

    @Test
    public void p18_twoPluginsThatWantOnePathAreAConflictAndTheFirstServes() {
        server.deploy(Plugins.endpoint("org.example.page", "page", "first").build());
        await(5, () -> page("page").equals("200 first"));
        server.deploy(Plugins.endpoint("org.example.a", "page", "second").build());
        await(5, () -> root.serves("org.example.a"));
        for (int i = 0; i < 20; i++) {
            assertThat(page("page")).isEqualTo("200 first");
        }
        assertThat(root.get("/api/v1/hooks").body())
                .contains("The mount \\\"page\\\" is already served by org.example.page.");
    }

    @Test
    public void p19_namesOfTheCoreAreNotForPlugins() {
        for (String mount : new String[] {"api", "healthz", "login", ".well-known"}) {
            Path jar = server.deploy(
                    Plugins.endpoint("org.example.sly", mount, "sly").build());
            await(5, () -> root.serves("org.example.sly"));
            assertThat(page(mount)).doesNotContain("sly");
            server.undeploy(jar);
            await(5, () -> !root.serves("org.example.sly"));
        }
    }

    @Test
    public void p24_aJarRemovedWhileTheServerIsDownIsGoneAfterTheStart() {
        Path jar =
                server.deploy(Plugins.endpoint("org.example.page", "page", "x").build());
        await(5, () -> page("page").equals("200 x"));
        server.stop();
        server.undeploy(jar);
        server.start();
        root = server.root();
        assertThat(page("page")).startsWith("404");
        assertThat(root.get("/api/v1/plugins").json().path("plugins")).isEmpty();
    }

    @Test
    public void aJarChangedWhileTheServerIsDownServesAfterTheStart() {
        server.deploy(Plugins.endpoint("org.example.page", "page", "old").build(), "page.jar");
        await(5, () -> page("page").equals("200 old"));
        server.kill();
        server.deploy(Plugins.endpoint("org.example.page", "page", "new").build(), "page.jar");
        server.start();
        root = server.root();
        assertThat(page("page")).isEqualTo("200 new");
    }

    @Test
    public void p31_theServerStartsWithoutABadPlugin() throws Exception {
        server.stop();
        server.deploy(Plugins.endpoint("org.example.page", "page", "good").build());
        Files.writeString(server.deploy().resolve("bad.jar"), "not a jar at all");
        server.deploy(PluginJar.named("org.example.boom")
                .source("Activator", """
                        public final class Activator implements org.osgi.framework.BundleActivator {
                            public void start(org.osgi.framework.BundleContext context) { throw new Error("boom"); }
                            public void stop(org.osgi.framework.BundleContext context) {}
                        }
                        """)
                .header("Bundle-Activator", "org.example.boom.Activator")
                .build());
        server.start();
        root = server.root();
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
        assertThat(page("page")).isEqualTo("200 good");
        assertThat(reason("bad.jar")).contains("not a jar");
        assertThat(reason("org.example.boom-1.0.0.jar")).contains("Error: boom");
        JsonNode status = root.get("/api/v1/system/status").json();
        assertThat(status.path("ok").asBoolean()).isFalse();
        assertThat(status.toString()).contains("bad.jar");
    }

    @Test
    public void aJarIsUploadedReplacedAndDeletedByRest() {
        Path first = Plugins.endpoint("org.example.page", "page", "first").build();
        Http.Answer uploaded = root.upload(first);
        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(201);
        assertThat(page("page")).isEqualTo("200 first");
        assertThat(root.get("/api/v1/plugins/org.example.page")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("active");
        assertThat(root.upload(Plugins.endpoint("org.example.page", "page", "second")
                                .version("1.1.0")
                                .build())
                        .status())
                .isEqualTo(201);
        assertThat(page("page")).isEqualTo("200 second");
        Http.Answer older = root.upload(first);
        assertThat(older.status()).isEqualTo(422);
        assertThat(older.body()).contains("1.1.0 is deployed");
        assertThat(root.delete("/api/v1/plugins/org.example.page").status()).isEqualTo(204);
        assertThat(page("page")).startsWith("404");
        assertThat(root.delete("/api/v1/plugins/org.example.page").status()).isEqualTo(404);
    }

    @Test
    public void aRefusedUploadSaysWhyAndLeavesNothing() throws Exception {
        Path html = Files.writeString(Files.createTempFile("page", ".jar"), "<html>");
        Http.Answer answer = root.upload(html);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("not a jar");
        assertThat(root.upload(Server.shipped("org.latchkey.example.hook")).status())
                .isEqualTo(201);
        assertThat(root.delete("/api/v1/plugins/org.latchkey.kernel").status()).isEqualTo(404);
        assertThat(server.http().upload(html).status()).isEqualTo(401);
        try (var staged = Files.list(server.deploy().resolve(".staging"))) {
            assertThat(staged).isEmpty();
        }
    }

    @Test
    public void deployedByShellAndTakenOutByShell() {
        Path jar = Plugins.endpoint("org.example.page", "page", "by shell").build();
        assertThat(server.shell("latchkey:install " + jar).exitCode()).isEqualTo(0);
        assertThat(page("page")).isEqualTo("200 by shell");
        assertThat(server.shell("plugins --json").out()).contains("org.example.page");
        assertThat(server.shell("remove org.example.page").exitCode()).isEqualTo(0);
        assertThat(page("page")).startsWith("404");
        assertThat(server.shell("remove org.example.page").exitCode()).isEqualTo(1);
    }

    @Test
    public void aHookThatRefersToTheDirectoryWorksInBothOrders() {
        Path jar =
                PluginJar.named("org.example.circular").source("Circular", """
                        @Component
                        public final class Circular implements DirectoryHook {
                            private final Directory directory;
                            private final DirectoryWriter writer;
                            @Activate public Circular(@Reference Directory directory, @Reference DirectoryWriter writer) {
                                this.directory = directory;
                                this.writer = writer;
                            }
                            public Entity entityCreate(Entity entity, Change<Entity> change) {
                                if (directory.entity("root").isEmpty() || entity.id().startsWith("twin")) {
                                    throw new Refusal("circular", "Refused by the circular hook.");
                                }
                                return entity;
                            }
                        }
                        """).build();
        server.deploy(jar);
        await(5, () -> root.serves("org.example.circular"));
        refusesTwins();
        server.stop();
        server.start();
        root = server.root();
        refusesTwins();
    }

    private void refusesTwins() {
        Http.Answer refused = root.post("/api/v1/entities", Map.of("id", "twin1"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("detail").asText()).isEqualTo("Refused by the circular hook.");
        assertThat(refused.json().path("code").asText()).isEqualTo("circular");
    }

    private String page(String mount) {
        Http.Answer answer = server.http().get("/" + mount + "/");
        return answer.status() + " " + answer.body();
    }

    private static Path reasonFile(String file) {
        return server.deploy().resolve(".rejected").resolve(file + ".reason.txt");
    }

    private static String reason(String file) {
        await(15, () -> Files.exists(reasonFile(file)));
        try {
            return Files.readString(reasonFile(file), StandardCharsets.UTF_8).strip();
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}

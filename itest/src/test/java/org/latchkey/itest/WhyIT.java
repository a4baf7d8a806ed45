package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Plugins;
import org.latchkey.itest.server.Server;

/** What would become of a jar: predicted by REST and by shell, without a trace, and then true. */
public class WhyIT {

    @ClassRule
    public static final Server server = new Server();

    private static final Path DOCS = Path.of("../bundles/kernel/docs/why.md");

    private Http root;
    private Path page;

    @Before
    public void deployAPage() {
        root = server.root();
        page = server.deploy(
                Plugins.endpoint("org.example.page", "page", "hello").build());
        await(5, () -> root.serves("org.example.page"));
        assertThat(server.http().get("/page/").status()).isEqualTo(200);
    }

    @After
    public void removeIt() throws IOException {
        Files.deleteIfExists(page);
        await(5, () -> !root.serves("org.example.page"));
    }

    /** Broken jars by what their first cause says. */
    private static Map<String, Path> broken() {
        Map<String, Path> broken = new LinkedHashMap<>();
        broken.put(
                "It imports the package org.acme.missing [1.2.0,2.0.0), which no bundle exports.",
                missingImport("org.example.missing"));
        broken.put(
                "It was built for org.latchkey.api [7.0.0,8.0.0), but the server has 1.0.0: "
                        + "the plugin is newer than the server.",
                Plugins.endpoint("org.example.newer", "newer", "x")
                        .header("Import-Package", "org.latchkey.api;version=\"[7,8)\",*")
                        .build());
        broken.put(
                "It needs Java 99, but the server runs on Java "
                        + Runtime.version().feature() + ".",
                Plugins.endpoint("org.example.java", "java", "x")
                        .header("Require-Capability", "osgi.ee;filter:='(&(osgi.ee=JavaSE)(version=99))'")
                        .build());
        broken.put(
                "org.latchkey.directory is a part of the server and not replaced as a plugin.",
                Plugins.endpoint("org.latchkey.directory", "directory", "x").build());
        broken.put(
                "The higher version 1.0.0 is deployed; remove that first.",
                Plugins.endpoint("org.example.page", "page", "x")
                        .version("0.9.0")
                        .build());
        broken.put(
                "The mount \"admin\" is reserved for the server itself.",
                Plugins.endpoint("org.example.admin", "admin", "x").build());
        broken.put(
                "The mount \"page\" is already served by org.example.page.",
                Plugins.endpoint("org.example.second", "page", "x").build());
        broken.put(
                "Its component org.example.waits.Waits waits for the service java.util.concurrent.Executor, "
                        + "which nobody provides.",
                PluginJar.named("org.example.waits").source("Waits", """
                        @Component
                        public final class Waits implements DirectoryHook {
                            @Activate public Waits(@Reference Executor executor) {}
                        }
                        """).build());
        return broken;
    }

    private static Path missingImport(String name) {
        return Plugins.endpoint(name, "page", "x")
                .header("Import-Package", "org.acme.missing;version=\"[1.2,2)\",*")
                .build();
    }

    @Test
    public void p14_restAndShellNameTheCauseAndNothingChanges() throws IOException {
        Map<String, Path> broken = broken();
        Map<String, String> before = state();
        broken.forEach((cause, jar) -> {
            JsonNode check = root.check(jar).json();
            assertThat(check.path("fits").asBoolean()).as(cause).isFalse();
            assertThat(check.at("/findings/0/cause").asText()).isEqualTo(cause);
            assertThat(check.at("/findings/0/fix").asText()).isNotEmpty();
            Server.Answer answer = server.shell("latchkey:why " + jar);
            assertThat(answer.exitCode()).as(cause).isEqualTo(1);
            assertThat(answer.out().lines().findFirst()).contains(cause);
            assertThat(answer.err()).isEmpty();
            assertThat(server.shell("why --json " + jar).out()).contains("\"fits\" : false");
        });
        Path good = Plugins.endpoint("org.example.good", "good", "x").build();
        assertThat(root.check(good).json().path("fits").asBoolean()).isTrue();
        assertThat(server.shell("why " + good).exitCode()).isEqualTo(0);
        assertThat(state()).isEqualTo(before);
        assertThat(server.http().get("/page/").body()).isEqualTo("hello");
    }

    /** All that an operator can see of what is deployed. */
    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (String path : new String[] {"plugins", "hooks", "system/status"}) {
            state.put(path, root.get("/api/v1/" + path).body());
        }
        try (Stream<Path> files = Files.walk(server.deploy())) {
            for (Path file : files.toList()) {
                state.put(file.toString(), Files.getLastModifiedTime(file).toString());
            }
        }
        return state;
    }

    @Test
    public void whatIsPredictedIsTheReasonOfARejectionAndTheStateOfAnExtension() {
        broken().forEach((cause, jar) -> {
            String state = root.check(jar).json().at("/findings/0/state").asText();
            Http.Answer uploaded = root.upload(jar);
            if (!state.equals("idle")) {
                assertThat(uploaded.status()).as(cause).isEqualTo(422);
                assertThat(uploaded.json().path("detail").asText()).isEqualTo(cause);
                return;
            }
            assertThat(uploaded.status()).as(cause).isEqualTo(201);
            String plugin = uploaded.json().path("symbolic_name").asText();
            server.http().get("/page/"); // mounts are looked at when somebody asks for one
            if (cause.startsWith("The mount")) {
                await(5, () -> root.get("/api/v1/hooks")
                        .json()
                        .findValuesAsText("reason")
                        .contains(cause));
            } else {
                assertThat(root.get("/api/v1/hooks").body()).doesNotContain(plugin);
            }
            root.delete("/api/v1/plugins/" + plugin);
        });
    }

    @Test
    public void a01_onlyWhoMayInstallMayAsk() {
        Path jar = Plugins.endpoint("org.example.good", "good", "x").build();
        assertThat(server.http().check(jar).status()).isEqualTo(401);
        root.post("/api/v1/entities", Map.of("id", "poor", "secret", "correct horse battery"));
        assertThat(server.http()
                        .signedInAs("poor", "correct horse battery")
                        .check(jar)
                        .status())
                .isEqualTo(403);
        assertThat(root.post("/api/v1/plugins/check", Map.of()).status()).isEqualTo(415);
        assertThat(root.send(root.request("/api/v1/plugins/check").POST(HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(415);
    }

    @Test
    public void theDocsShowWhatTheShellSays() throws IOException {
        String docs = Files.readString(DOCS);
        for (Path jar : new Path[] {
            missingImport("org.example.page"),
            Plugins.endpoint("org.example.page", "page", "x").version("1.1.0").build()
        }) {
            String command = "why " + jar.getFileName();
            ProcessBuilder shell =
                    server.command("shell", command).directory(jar.getParent().toFile());
            String out = Server.run(shell, "").out();
            String shown = ("$ bin/latchkey shell " + command + "\n" + out).indent(4);
            assertThat(docs).contains(shown.replaceAll("(?m)^ +$", ""));
        }
    }
}

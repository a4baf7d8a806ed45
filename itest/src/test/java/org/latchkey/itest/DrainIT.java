package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.live.Chameleon;
import org.latchkey.itest.live.Client;
import org.latchkey.itest.live.Manner;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Rejected;
import org.latchkey.itest.server.Server;

/** Attack cases P-22, P-23 and P-25: calls in flight, restless files, and what is new beside what is stale. */
public class DrainIT {

    private static final String PLUGIN = "org.example.page";
    private static final String FILE = "page.jar";
    private static final int IN_FLIGHT = 100;
    private static final Chameleon page = Chameleon.page();

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.deployer", "startSeconds=L\"2\"", "bakeMillis=L\"500\"");

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final Http root = server.root();

    @Before
    public void deployTheFirst() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        await(10, () -> answer().equals("200 one") && root.isProven(PLUGIN));
    }

    @After
    public void takeEverythingOut() throws IOException {
        clients.shutdownNow();
        try (var jars = Files.newDirectoryStream(server.deploy(), "*.jar")) {
            for (Path jar : jars) {
                Files.delete(jar);
            }
        }
        new Rejected(server).clear();
        await(10, () -> answer().startsWith("404"));
    }

    @Test
    public void p22_whoIsInsideTheOldOneIsServedToTheEndWhileTheNewOneServes() throws Exception {
        List<CompletableFuture<Client.Reply>> inside = new ArrayList<>();
        for (int i = 0; i < IN_FLIGHT; i++) {
            inside.add(ask(4000));
        }
        Thread.sleep(500);
        server.deploy(page.jar("1.1.0", "two", Manner.GOOD), FILE);
        assertThat(await(5, () -> answer().equals("200 two"))).isLessThan(1000);
        for (int i = 0; i < 20; i++) {
            assertThat(answer()).isEqualTo("200 two");
        }
        await(2, () -> root.get("/api/v1/plugins").body().contains("\"draining\""));
        assertThat(inside).noneMatch(CompletableFuture::isDone);
        for (var each : inside) {
            assertThat(each.get()).isEqualTo(new Client.Reply(200, "one"));
        }
        await(3, () -> !root.get("/api/v1/plugins").body().contains("\"draining\""));
    }

    @Test
    public void p22_aPluginThatIsRemovedEndsItsCallsToo() throws Exception {
        var inside = ask(2000);
        Thread.sleep(300);
        server.undeploy(server.deploy().resolve(FILE));
        assertThat(await(5, () -> answer().startsWith("404"))).isLessThan(1000);
        assertThat(inside.get()).isEqualTo(new Client.Reply(200, "one"));
    }

    @Test
    public void p22_atTheDrainLimitACallIsEndedWithAnAnswer() throws Exception {
        Etc.configure(server, "latchkey.kernel", "drainMillis=L\"1000\"");
        Thread.sleep(2500);
        var inside = ask(20_000);
        Thread.sleep(300);
        server.deploy(page.jar("1.1.0", "two", Manner.GOOD), FILE);
        await(5, () -> answer().equals("200 two"));
        await(4, inside::isDone);
        assertThat(inside.get().status()).isIn(500, 503);
        assertThat(inside.get().body()).contains("\"status\"").doesNotContain("interrupted", "Exception");
        Files.delete(server.etc().resolve("latchkey.kernel.config"));
        Thread.sleep(2500);
    }

    @Test
    public void p23_aJarThatIsTouchedAgainAndAgainServesAllTheWhile() throws Exception {
        for (int i = 0; i < 60; i++) {
            Files.setLastModifiedTime(
                    server.deploy().resolve(FILE), FileTime.from(Instant.now().minusSeconds(i)));
            assertThat(answer()).isEqualTo("200 one");
            Thread.sleep(50);
        }
        await(3, () -> root.isProven(PLUGIN));
        assertThat(server.logs()).doesNotContain("NullPointerException");
    }

    @Test
    public void p23_twoVersionsInTurnEndWithTheLastFile() throws Exception {
        List<Path> jars = List.of(page.jar("1.1.0", "odd", Manner.GOOD), page.jar("1.2.0", "even", Manner.GOOD));
        for (int i = 0; i < 25; i++) {
            server.deploy(jars.get(i % 2), FILE);
            for (int j = 0; j < 10; j++) {
                assertThat(answer()).isIn("200 one", "200 odd", "200 even");
                Thread.sleep(20);
            }
        }
        await(5, () -> answer().equals("200 odd") && root.isProven(PLUGIN));
        assertThat(root.version(PLUGIN)).isEqualTo("1.1.0");
        assertThat(Files.mismatch(server.deploy().resolve(FILE), jars.get(0))).isEqualTo(-1);
        assertThat(new Rejected(server).has(FILE)).isFalse();
        assertThat(server.logs()).doesNotContain("NullPointerException");
        Thread.sleep(1500);
        assertThat(answer()).isEqualTo("200 odd");
    }

    @Test
    public void p25_whatIsDeployedAnewHasItsNewConfigurationOnly() {
        Path jar = PluginJar.named("org.example.sign").source("Sign", """
                        @Component(property = "latchkey.mount=sign", configurationPid = "example.sign")
                        public final class Sign implements Endpoint {
                            private final Map<String, Object> settings;
                            @Activate public Sign(Map<String, Object> settings) { this.settings = settings; }
                            public Response handle(Request request) {
                                return Response.text(200, settings.get("a") + " " + settings.get("b"));
                            }
                        }
                        """).build();
        Etc.configure(server, "example.sign", "a=\"old\"", "b=\"old\"");
        server.deploy(jar, "sign.jar");
        await(5, () -> server.http().get("/sign/").body().equals("old old"));
        server.undeploy(server.deploy().resolve("sign.jar"));
        await(5, () -> server.http().get("/sign/").status() == 404);
        Etc.configure(server, "example.sign", "a=\"new\"");
        server.deploy(jar, "sign.jar");
        await(5, () -> server.http().get("/sign/").body().equals("new null"));
    }

    private CompletableFuture<Client.Reply> ask(long millis) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Client client = new Client(server.port())) {
                        return client.get("/page/?millis=" + millis, "");
                    } catch (IOException broken) {
                        return new Client.Reply(0, broken.toString());
                    }
                },
                clients);
    }

    private static String answer() {
        Http.Answer answer = server.http().get("/page/");
        return answer.status() + " " + answer.body();
    }
}

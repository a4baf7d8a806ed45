package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.live.Chameleon;
import org.latchkey.itest.live.Manner;
import org.latchkey.itest.live.Visitor;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Rejected;
import org.latchkey.itest.server.Server;

/** What the operator does by hand: back, off and on again; and what the server itself goes back to. */
public class ManualRollbackIT {

    private static final String PLUGIN = "org.example.page";
    private static final String FILE = "page.jar";
    private static final Set<Integer> DONE = Set.of(200, 204);
    private static final Chameleon page = Chameleon.page();

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.deployer", "startSeconds=L\"2\"", "bakeMillis=L\"1000\"");

    private final Rejected rejected = new Rejected(server);
    private Http root;

    @Before
    public void signIn() {
        root = server.root();
    }

    @After
    public void takeEverythingOut() throws IOException {
        root = server.root();
        try (var jars = Files.newDirectoryStream(server.deploy(), "*.{jar,disabled}")) {
            for (Path jar : jars) {
                Files.delete(jar);
            }
        }
        rejected.clear();
        await(10, () -> root.get("/api/v1/plugins").json().path("plugins").isEmpty());
    }

    @Test
    public void rollbackBringsBackWhatServedBeforeAndStaysOverARestart() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        server.deploy(page.jar("1.1.0", "two", Manner.GOOD), FILE);
        proven("two");
        Http.Answer back = command("rollback");
        assertThat(back.status()).as(back.body()).isEqualTo(200);
        assertThat(back.json().path("version").asText()).isEqualTo("1.0.0");
        assertThat(answer()).isEqualTo("200 one");
        server.stop();
        server.start();
        root = server.root();
        assertThat(answer()).isEqualTo("200 one");
        assertThat(root.isProven(PLUGIN)).isTrue();
    }

    @Test
    public void rollbackByShellTakesAHigherVersionOutThatLiesBesideTheOld() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), "page-1.jar");
        proven("one");
        server.deploy(page.jar("2.0.0", "two", Manner.GOOD), "page-2.jar");
        proven("two");
        assertThat(server.shell("rollback " + PLUGIN).exitCode()).isEqualTo(0);
        assertThat(answer()).isEqualTo("200 one");
        assertThat(server.deploy().resolve("page-2.jar")).doesNotExist();
        assertThat(server.deploy().resolve("page-1.jar")).exists();
        assertThat(rejected.reason("page-2.jar", 2)).containsPattern("(?i)rolled back|rollback");
    }

    @Test
    public void rollbackWhileItBakesGoesBackToTheProvenOne() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        server.deploy(page.jar("1.1.0", "two", Manner.GOOD), FILE);
        await(5, () -> answer().equals("200 two"));
        assertThat(root.isOnProbation(PLUGIN)).isTrue();
        assertThat(command("rollback").status()).isEqualTo(200);
        assertThat(answer()).isEqualTo("200 one");
        await(2, () -> root.get("/api/v1/audit?limit=20").body().contains("plugin.rolled-back"));
        assertThat(root.get("/api/v1/audit?limit=20").body()).contains("plugin.deployed", "Rolled back by hand.");
    }

    @Test
    public void theDeployersOwnSettingsChangeAndNoPluginNotices() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        for (int poll : new int[] {50, 75, 100}) {
            Etc.configure(
                    server,
                    "latchkey.deployer",
                    "bakeMillis=L\"500\"",
                    "startSeconds=L\"5\"",
                    "pollMillis=L\"" + poll + "\"");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (System.nanoTime() < end) {
                assertThat(answer()).isEqualTo("200 one");
            }
        }
        assertThat(root.isProven(PLUGIN)).isTrue();
    }

    @Test
    public void withNothingToGoBackToItSaysSo() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        Http.Answer refused = command("rollback");
        assertThat(refused.status()).isIn(404, 409, 422);
        assertThat(refused.json().path("detail").asText()).isNotEmpty();
        assertThat(answer()).isEqualTo("200 one");
        assertThat(root.send("POST", "/api/v1/plugins/org.example.nobody/rollback")
                        .status())
                .isEqualTo(404);
        assertThat(server.shell("rollback org.example.nobody").exitCode()).isEqualTo(1);
    }

    @Test
    public void disabledItLiesThereAndDoesNotRunUntilItIsEnabled() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        assertThat(command("disable").status()).isIn(DONE);
        assertThat(answer()).startsWith("404");
        assertThat(root.state(PLUGIN)).isEqualTo("disabled");
        assertThat(server.deploy().toFile().list()).anyMatch(name -> name.startsWith(FILE));
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
        server.kill();
        server.start();
        root = server.root();
        assertThat(answer()).startsWith("404");
        assertThat(root.state(PLUGIN)).isEqualTo("disabled");
        assertThat(server.shell("enable " + PLUGIN).exitCode()).isEqualTo(0);
        assertThat(answer()).isEqualTo("200 one");
        assertThat(server.shell("disable " + PLUGIN).exitCode()).isEqualTo(0);
        assertThat(answer()).startsWith("404");
        assertThat(command("enable").status()).isIn(DONE);
        assertThat(answer()).isEqualTo("200 one");
    }

    @Test
    public void nobodyElseMayDoThat() {
        for (String verb : new String[] {"rollback", "disable", "enable"}) {
            assertThat(server.http()
                            .send("POST", "/api/v1/plugins/" + PLUGIN + "/" + verb)
                            .status())
                    .isEqualTo(401);
        }
    }

    /** Other content under the same name and version replaces itself only. */
    @Test
    public void p06_theSameVersionWithOtherContentIsRefusedUnlessItIsTheSameFile() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        server.deploy(page.jar("1.0.0", "smuggled", Manner.GOOD), "other.jar");
        assertThat(rejected.reason("other.jar", 5)).contains(PLUGIN, "1.0.0", FILE);
        assertThat(answer()).isEqualTo("200 one");
        Http.Answer upload = root.upload(page.jar("1.0.0", "uploaded", Manner.GOOD));
        assertThat(answer()).isEqualTo(upload.status() == 201 ? "200 uploaded" : "200 one");
        server.deploy(page.jar("1.0.0", "itself", Manner.GOOD), FILE);
        await(5, () -> answer().equals("200 itself"));
    }

    @Test
    public void aRedSelfCheckNeverServes() {
        server.deploy(page.jar("1.0.0", "red", Manner.SELF_CHECK_RED), FILE);
        while (!rejected.has(FILE)) {
            assertThat(answer()).startsWith("404");
        }
        assertThat(rejected.reason(FILE, 1)).contains("the queue is full");
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        Http.Answer upload = root.upload(page.jar("1.1.0", "red", Manner.SELF_CHECK_RED));
        assertThat(upload.status()).isEqualTo(422);
        assertThat(upload.body()).contains("the queue is full");
        assertThat(answer()).isEqualTo("200 one");
    }

    @Test
    public void aSelfCheckThatThrowsOrHangsIsRed() {
        for (String body : new String[] {
            "throw new IllegalStateException(\"no queue\");",
            "while (true) try { Thread.sleep(100_000); } catch (InterruptedException deaf) { continue; }"
        }) {
            server.deploy(
                    PluginJar.named("org.example.check")
                            .source("Check", """
                                    @Component
                                    public final class Check implements SelfCheck {
                                        public Optional<String> fault() { %s }
                                    }
                                    """.formatted(body))
                            .build(),
                    "check.jar");
            assertThat(rejected.reason("check.jar", 10)).containsPattern("no queue|within|late|come back");
            rejected.clear();
        }
    }

    /** What had not proven itself when the server died is judged anew, and what had comes back. */
    @Test
    public void killedWhileABadOneBakesTheLastGoodOneComesBack() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        server.deploy(page.jar("1.1.0", "bad", Manner.THREE_OF_TEN_CALLS_FAIL), FILE);
        await(5, () -> root.version(PLUGIN).equals("1.1.0"));
        Visitor visitor = new Visitor(server.port(), "/page/");
        try {
            server.kill();
            server.start();
            await(10, () -> rejected.has(FILE));
        } finally {
            visitor.close();
        }
        root = server.root();
        await(2, () -> answer().equals("200 one"));
        assertThat(root.version(PLUGIN)).isEqualTo("1.0.0");
        assertThat(server.deploy().resolve(FILE)).exists();
    }

    @Test
    public void whatIsProvenIsNotOnProbationAgainAfterARestart() {
        server.deploy(page.jar("1.0.0", "one", Manner.GOOD), FILE);
        proven("one");
        server.stop();
        server.start();
        root = server.root();
        assertThat(root.isProven(PLUGIN)).isTrue();
    }

    private void proven(String tag) {
        await(10, () -> answer().equals("200 " + tag) && root.isProven(PLUGIN));
    }

    private Http.Answer command(String verb) {
        return root.send("POST", "/api/v1/plugins/" + PLUGIN + "/" + verb);
    }

    private static String answer() {
        Http.Answer answer = server.http().get("/page/");
        return answer.status() + " " + answer.body();
    }
}

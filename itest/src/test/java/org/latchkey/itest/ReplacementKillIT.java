package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarFile;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.live.Chameleon;
import org.latchkey.itest.live.Manner;
import org.latchkey.itest.live.Visitor;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Rejected;
import org.latchkey.itest.server.Server;

/** Promise 8, attack case P-30: a replacement that is cut off anywhere leaves the old or the new, never none, never both. */
public class ReplacementKillIT {

    private static final String PLUGIN = "org.example.page";
    private static final String FILE = "page.jar";
    private static final Chameleon page = Chameleon.page();

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.deployer", "startSeconds=L\"2\"", "bakeMillis=L\"1000\"", "pollMillis=L\"50\"");

    private int version;
    private String old = "";

    @Before
    public void deployTheFirst() {
        old = next();
        server.deploy(page.jar(old, old, Manner.GOOD), FILE);
        await(10, () -> server.root().isProven(PLUGIN) && answer().equals("200 " + old));
    }

    @After
    public void removeTheLast() throws IOException {
        try (var jars = Files.newDirectoryStream(server.deploy(), "*.jar")) {
            for (Path jar : jars) {
                Files.delete(jar);
            }
        }
        new Rejected(server).clear();
        await(10, () -> answer().startsWith("404"));
    }

    @Test
    public void whileAGoodOneTakesOver() throws Exception {
        for (int millis = 0; millis <= 600; millis += 75) {
            String newer = next();
            server.deploy(page.jar(newer, newer, Manner.GOOD), FILE);
            killAfter(millis);
            assertThat(served()).as("killed after " + millis + " ms").isIn(old, newer);
            await(5, () -> answer().equals("200 " + newer));
            old = newer;
        }
    }

    @Test
    public void whileAGoodOneTakesOverBesideTheOldFile() throws Exception {
        String file = FILE;
        for (int millis = 50; millis <= 500; millis += 150) {
            String newer = next();
            String newerFile = "page-" + newer + ".jar";
            server.deploy(page.jar(newer, newer, Manner.GOOD), newerFile);
            killAfter(millis);
            assertThat(served()).as("killed after " + millis + " ms").isIn(old, newer);
            await(5, () -> answer().equals("200 " + newer));
            server.undeploy(server.deploy().resolve(file));
            file = newerFile;
            old = newer;
        }
    }

    /** It is judged anew, and this time it does not get away. */
    @Test
    public void whileABadOneBakesTheOldComesBackAfterTheStart() throws Exception {
        for (int millis : new int[] {50, 300, 600}) {
            proven();
            String bad = next();
            server.deploy(page.jar(bad, bad, Manner.THREE_OF_TEN_CALLS_FAIL), FILE);
            await(5, () -> server.root().version(PLUGIN).equals(bad));
            Visitor visitor = new Visitor(server.port(), "/page/");
            try {
                killAfter(millis);
                await(10, () -> new Rejected(server).has(FILE));
            } finally {
                visitor.close();
            }
            theOldOneIsBack();
        }
    }

    @Test
    public void whileARedOneIsSentAwayTheOldServesAfterTheStart() throws Exception {
        for (int millis = 100; millis <= 400; millis += 150) {
            proven();
            String red = next();
            server.deploy(page.jar(red, red, Manner.SELF_CHECK_RED), FILE);
            killAfter(millis);
            assertThat(served()).as("killed after " + millis + " ms").isEqualTo(old);
            await(5, () -> new Rejected(server).has(FILE));
            theOldOneIsBack();
        }
    }

    @Test
    public void whileTheOperatorRollsBack() throws Exception {
        for (int millis : new int[] {0, 30}) {
            proven();
            String newer = next();
            server.deploy(page.jar(newer, newer, Manner.GOOD), FILE);
            String before = old;
            old = newer;
            await(5, () -> answer().equals("200 " + newer));
            proven();
            Http root = server.root();
            CompletableFuture<Void> rollback = CompletableFuture.runAsync(
                            () -> root.send("POST", "/api/v1/plugins/" + PLUGIN + "/rollback"))
                    .exceptionally(serverDied -> null);
            killAfter(millis);
            rollback.join();
            old = served();
            assertThat(old).isIn(before, newer);
        }
    }

    private void killAfter(long millis) throws Exception {
        Thread.sleep(millis);
        server.kill();
        everyJarIsWhole();
        server.start();
    }

    /** Old or new, whichever it is: from the first moment on the same in ten answers, and whole in its folder. */
    private String served() throws Exception {
        String first = answer();
        assertThat(first).startsWith("200 ");
        everyJarIsWhole();
        long serving = 0;
        for (var plugin : server.root().get("/api/v1/plugins").json().path("plugins")) {
            serving += plugin.path("state").asText().equals("active") ? 1 : 0;
        }
        assertThat(serving).isEqualTo(1);
        return first.substring(4);
    }

    private void everyJarIsWhole() throws Exception {
        try (var jars = Files.newDirectoryStream(server.deploy(), "*.jar")) {
            int found = 0;
            for (Path jar : jars) {
                try (JarFile whole = new JarFile(jar.toFile())) {
                    whole.stream().forEach(entry -> read(whole, entry.getName()));
                }
                found++;
            }
            assertThat(found).as("jars in deploy/").isPositive();
        }
    }

    private static void read(JarFile jar, String entry) {
        try (var content = jar.getInputStream(jar.getEntry(entry))) {
            content.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void theOldOneIsBack() throws Exception {
        await(2, () -> answer().equals("200 " + old));
        assertThat(served()).isEqualTo(old);
        assertThat(server.deploy().resolve(FILE)).exists();
        new Rejected(server).clear();
    }

    private void proven() {
        await(5, () -> server.root().isProven(PLUGIN));
    }

    private String next() {
        version++;
        return "1." + version + ".0";
    }

    private static String answer() {
        Http.Answer answer = server.http().get("/page/");
        return answer.status() + " " + answer.body();
    }
}

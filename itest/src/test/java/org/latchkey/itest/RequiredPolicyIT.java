package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.live.Moody;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Rejected;
import org.latchkey.itest.server.Server;

/** Attack cases H-01 and H-14: what the operator requires is never skipped, what is advisory never stops anybody. */
public class RequiredPolicyIT {

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.deployer", "startSeconds=L\"5\"", "bakeMillis=L\"500\"")
            .withEtc("latchkey.kernel", "quarantineSeconds=L\"60\"");

    private static final String PLUGIN = "org.latchkey.hook.fail2lock";
    private static final String HOOK = "org.latchkey.hook.fail2lock.Fail2Lock";
    private static final String PID = "latchkey.fail2lock";
    private static final String FILE = "fail2lock.jar";
    private static final String SECRET = "correct horse battery";

    private Http root;

    @Before
    public void requireFail2Lock() {
        root = server.root();
        root.post("/api/v1/entities", Map.of("id", "ada", "secret", SECRET));
        await(5, () -> signIn().status() == 204);
        Etc.configure(server, PID, "policy=\"required\"");
        awaitRefused();
    }

    @After
    public void requireNothing() throws IOException {
        root.send("POST", "/api/v1/hooks/" + HOOK + "/release");
        Files.deleteIfExists(server.etc().resolve(PID + ".config"));
        try (var jars = Files.newDirectoryStream(server.deploy(), "*.{jar,disabled}")) {
            for (var jar : jars) {
                Files.delete(jar);
            }
        }
        new Rejected(server).clear();
        await(10, () -> !root.get("/api/v1/plugins").body().contains("\"active\""));
        await(10, () -> signIn().status() == 204);
        await(2, () -> root.get("/healthz/ready").status() == 200);
    }

    @Test
    public void h01_absentItRefusesSignInAndChangesAndSaysSo() {
        refusesEverythingOfTheChain();
        assertThat(root.get("/healthz/ready").body()).contains(PID);
        assertThat(root.get("/api/v1/system/status").json().path("ok").asBoolean())
                .isFalse();
        assertThat(root.get("/api/v1/system/status").body()).contains(PID);
    }

    @Test
    public void h01_absentItStopsNeitherRootNorReadingNorTheShell() {
        Http again = server.root();
        assertThat(again.get("/api/v1/entities/ada").status()).isEqualTo(200);
        assertThat(server.http()
                        .post(
                                "/api/v1/auth/validate",
                                Map.of("token", root.token().orElseThrow()))
                        .status())
                .isEqualTo(200);
        assertThat(server.http().get("/healthz/live").status()).isEqualTo(200);
        assertThat(server.shell("hooks").exitCode()).isEqualTo(0);
        assertThat(server.shell("plugins").exitCode()).isEqualTo(0);
        assertThat(server.shell("install " + Server.shipped(PLUGIN)).exitCode()).isEqualTo(0);
        await(2, () -> signIn().status() == 204);
    }

    @Test
    public void deployedItWorksWithinASecond() {
        server.deploy(Server.shipped(PLUGIN), FILE);
        assertThat(await(5, () -> signIn().status() == 204)).isLessThan(1000);
        assertThat(await(5, () -> root.get("/healthz/ready").status() == 200)).isLessThan(1000);
        assertThat(root.post("/api/v1/entities", Map.of("id", "bob")).status()).isIn(201, 409);
        assertThat(root.get("/api/v1/hooks").body()).contains("\"required\"");
    }

    @Test
    public void h01_inQuarantineItRefuses() {
        deploy();
        assertThat(root.post("/api/v1/hooks/" + HOOK + "/quarantine", Map.of("reason", "a drill"))
                        .status())
                .isBetween(200, 204);
        refusesEverythingOfTheChain();
        assertThat(root.get("/healthz/ready").body()).contains("fail2lock");
        assertThat(server.shell("release " + HOOK).exitCode()).isEqualTo(0);
        await(1, () -> signIn().status() == 204);
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
    }

    @Test
    public void h01_withAnInvalidConfigurationItRefuses() {
        deploy();
        Etc.configure(server, PID, "policy=\"required\"", "allowedFails=I\"0\"");
        awaitRefused();
        refusesEverythingOfTheChain();
        assertThat(root.get("/api/v1/hooks").body()
                        + root.get("/api/v1/plugins").body())
                .contains("allowedFails must be 1 to 1000, not 0");
        Etc.configure(server, PID, "policy=\"required\"", "allowedFails=I\"3\"");
        await(5, () -> signIn().status() == 204);
        await(1, () -> root.get("/healthz/ready").status() == 200);
    }

    @Test
    public void h14_disabledItRefuses() {
        deploy();
        assertThat(root.send("POST", "/api/v1/plugins/" + PLUGIN + "/disable").status())
                .isBetween(200, 204);
        awaitRefused();
        refusesEverythingOfTheChain();
        assertThat(root.send("POST", "/api/v1/plugins/" + PLUGIN + "/enable").status())
                .isBetween(200, 204);
        await(2, () -> signIn().status() == 204);
        await(1, () -> root.get("/healthz/ready").status() == 200);
    }

    @Test
    public void h01_takenOutItRefuses() throws IOException {
        deploy();
        Files.delete(server.deploy().resolve(FILE));
        awaitRefused();
        refusesEverythingOfTheChain();
    }

    @Test
    public void h01_unresolvedItRefuses() {
        server.deploy(PluginJar.changed(Server.shipped(PLUGIN), Map.of("Import-Package", "org.acme.missing")), FILE);
        assertThat(new Rejected(server).reason(FILE, 5)).contains("org.acme.missing");
        refusesEverythingOfTheChain();
    }

    /** A hook whose activation takes its time. */
    @Test
    public void h01_startingItRefuses() {
        server.deploy(PluginJar.named("org.example.late").source("Hook", """
                        @Component(configurationPid = "latchkey.fail2lock")
                        public final class Hook implements DirectoryHook {
                            @Activate public Hook() throws InterruptedException { Thread.sleep(1500); }
                        }
                        """).build());
        boolean serves = false;
        while (!serves) {
            int status = signIn().status();
            serves = root.serves("org.example.late");
            assertThat(status).isIn(serves ? List.of(204, 503) : List.of(503));
        }
        await(1, () -> signIn().status() == 204);
    }

    /** Whoever is locked out stays so while the server starts; of who is not known yet nobody is either. */
    @Test
    public void h01_noSignInSlipsThroughWhileTheServerStarts() throws Exception {
        deploy();
        root.post("/api/v1/entities", Map.of("id", "eve", "secret", SECRET));
        for (int i = 0; i < 3; i++) {
            assertThat(server.http().check("eve", "wrong")).isFalse();
        }
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread attacker = new Thread(() -> attack(answers, over));
        server.kill();
        attacker.start();
        server.start();
        Thread.sleep(500);
        over.set(true);
        attacker.join();
        root = server.root();
        assertThat(answers).contains(401).isSubsetOf(401, 404, 503);
    }

    private static void attack(Queue<Integer> answers, AtomicBoolean over) {
        while (!over.get()) {
            try {
                answers.add(signIn("eve").status());
                Thread.sleep(5);
            } catch (UncheckedIOException notUpYet) {
                Thread.onSpinWait();
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Test
    public void whatIsAdvisoryIsSkippedWhenItFailsOrIsInQuarantineButMayRefuse() {
        deploy();
        Etc.configure(server, Moody.HOOK, "policy=\"advisory\"");
        Moody moody = new Moody(server);
        moody.deploy();
        await(5, () -> root.get("/api/v1/hooks").body().contains("\"advisory\""));
        for (String mood : List.of("fail", "error", "sleep", "null", "other", "capabilities")) {
            moody.be(mood);
            for (int i = 0; i < 3; i++) {
                assertThat(moody.update("ada").status()).as(mood).isEqualTo(204);
            }
            moody.be("fine");
            moody.release();
        }
        moody.be("hang");
        await(5, () -> moody.update("ada").status() == 204);
        moody.be("fine");
        moody.quarantine("a drill");
        assertThat(moody.update("ada").status()).isEqualTo(204);
        assertThat(moody.calls()).isEqualTo(0);
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
        moody.release();
        moody.be("refuse");
        Http.Answer refused = moody.update("ada");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("code").asText()).isEqualTo("moody");
    }

    private void deploy() {
        server.deploy(Server.shipped(PLUGIN), FILE);
        await(5, () -> root.serves(PLUGIN) && signIn().status() == 204);
        await(5, () -> root.get("/healthz/ready").status() == 200);
    }

    private void awaitRefused() {
        await(10, () -> signIn().status() == 503);
        await(2, () -> root.get("/healthz/ready").status() == 503);
    }

    private void refusesEverythingOfTheChain() {
        for (Http.Answer refused : List.of(
                signIn(),
                server.http().post("/api/v1/auth/token", Map.of("id", "ada", "secret", SECRET)),
                root.post("/api/v1/entities", Map.of("id", "nobody")),
                root.put("/api/v1/entities/ada/kv/room", Map.of("value", "12")),
                root.post("/api/v1/groups", Map.of("name", "nogroup")))) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(refused.json().path("code").asText()).isEqualTo("policy-missing");
            assertThat(refused.header("Retry-After")).isNotEmpty();
        }
        assertThat(root.get("/api/v1/entities/nobody").status()).isEqualTo(404);
        assertThat(root.get("/healthz/ready").status()).isEqualTo(503);
    }

    private static Http.Answer signIn() {
        return signIn("ada");
    }

    private static Http.Answer signIn(String id) {
        return server.http().post("/api/v1/auth/check", Map.of("id", id, "secret", SECRET));
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Crowd;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Rows 36 to 40 and attack case L-08: fail2lock, as it ships, to those who sign in. */
public class Fail2LockIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String PLUGIN = "org.latchkey.hook.fail2lock";
    private static final String SECRET = "correct horse battery";
    private static final String FILE = "fail2lock.jar";

    private Http root;

    @Before
    public void deployFail2Lock() {
        root = server.root();
        if (!root.serves(PLUGIN)) {
            server.deploy(Server.shipped(PLUGIN), FILE);
            await(5, () -> root.serves(PLUGIN));
        }
    }

    @Test
    public void row36_threeFailuresRefuseTheRightSecret() {
        create("cleo");
        fail("cleo", 3);
        assertThat(enters("cleo")).isFalse();
        assertThat(enters("cleo")).isFalse();
    }

    @Test
    public void row37_aSuccessClearsTheFailures() {
        create("eve");
        for (int i = 0; i < 3; i++) {
            fail("eve", 2);
            assertThat(enters("eve")).isTrue();
        }
    }

    @Test
    public void row38_resetLetsTheRightSecretInAndIsGoneAfterwards() {
        create("finn");
        fail("finn", 3);
        assertThat(enters("finn")).isFalse();
        reset("finn");
        assertThat(root.get("/api/v1/entities/finn/kv").body()).contains("RESET");
        assertThat(enters("finn")).isTrue();
        assertThat(flag("finn")).isEqualTo(404);
        fail("finn", 3);
        assertThat(enters("finn")).isFalse();
    }

    @Test
    public void row39_fiftyParallelWrongAttemptsOnABareEntityAreCountedAndNoneIsAFault() {
        create("gina");
        List<Integer> statuses = Crowd.ask(50, () -> attempt("gina", "wrong"));
        assertThat(statuses).isSubsetOf(401, 503).contains(401);
        assertThat(enters("gina")).isFalse();
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
    }

    @Test
    public void row39_sixParallelRightAttemptsAreAllAccepted() {
        create("hugo");
        for (int i = 0; i < 5; i++) {
            assertThat(Crowd.ask(6, () -> attempt("hugo", SECRET))).isEqualTo(Collections.nCopies(6, 204));
        }
    }

    @Test
    public void row40_resetCountsOnceEvenIfTheNextSecretIsWrong() {
        create("iris");
        fail("iris", 3);
        reset("iris");
        fail("iris", 1);
        assertThat(flag("iris")).isEqualTo(404);
        fail("iris", 2);
        assertThat(enters("iris")).isFalse();
    }

    @Test
    public void row40_resetCountsOnceAmongParallelWrongAttempts() {
        create("jack");
        reset("jack");
        assertThat(Crowd.ask(10, () -> attempt("jack", "wrong"))).isSubsetOf(401, 503);
        assertThat(flag("jack")).isEqualTo(404);
        assertThat(enters("jack")).isFalse();
    }

    @Test
    public void whoeverGetsTheNameNextStartsAnew() {
        create("kim");
        fail("kim", 3);
        assertThat(root.delete("/api/v1/entities/kim").status()).isEqualTo(204);
        create("kim");
        assertThat(enters("kim")).isTrue();
    }

    @Test
    public void l08_failuresSurviveReplacementStopAndKill() {
        create("lou");
        fail("lou", 3);
        create("mia");
        fail("mia", 2);
        Path newer = server.deploy(PluginJar.reversioned(Server.shipped(PLUGIN), "0.2.0"), "newer.jar");
        await(5, () -> version().equals("0.2.0"));
        assertThat(enters("lou")).isFalse();
        server.deploy(PluginJar.reversioned(Server.shipped(PLUGIN), "0.3.0"), "newer.jar");
        await(5, () -> version().equals("0.3.0"));
        assertThat(enters("lou")).isFalse();
        server.undeploy(newer);
        await(5, () -> version().equals("0.1.0"));
        assertThat(enters("lou")).isFalse();
        server.stop();
        server.start();
        assertThat(enters("lou")).isFalse();
        server.kill();
        server.start();
        root = server.root();
        assertThat(enters("lou")).isFalse();
        fail("mia", 1);
        assertThat(enters("mia")).isFalse();
    }

    private void create(String id) {
        assertThat(root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET))
                        .status())
                .as(id)
                .isEqualTo(201);
    }

    private static void fail(String id, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(server.http().check(id, "wrong")).isFalse();
        }
    }

    private static boolean enters(String id) {
        return server.http().check(id, SECRET);
    }

    private static int attempt(String id, String secret) {
        return server.http()
                .post("/api/v1/auth/check", Map.of("id", id, "secret", secret))
                .status();
    }

    private void reset(String id) {
        assertThat(root.put("/api/v1/entities/" + id + "/kv/fail2lock", Map.of("values", List.of("RESET")))
                        .status())
                .isEqualTo(204);
    }

    private int flag(String id) {
        return root.get("/api/v1/entities/" + id + "/kv/fail2lock").status();
    }

    private String version() {
        return root.get("/api/v1/plugins/" + PLUGIN).json().path("version").asText();
    }
}

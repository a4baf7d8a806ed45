package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.live.Latencies;
import org.latchkey.itest.live.Load;
import org.latchkey.itest.live.Moody;
import org.latchkey.itest.live.Witness;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Vitals;

/** Attack cases H-02 to H-04 on a hook that has worked before: deadline, bulkhead, budget, quarantine, and the way back. */
public class HangingHookIT {

    private static final int MOST_CALLS = 20;
    private static final int MOST_THREADS = 300;
    private static final int WRITTEN = 200;

    /** Kept for {@code itest/benchmark/run.sh}. */
    private static final Path FIGURES = Path.of("target", "hanging-hook.txt");

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.deployer", "startSeconds=L\"5\"", "bakeMillis=L\"500\"")
            .withEtc("latchkey.kernel", "quarantineSeconds=L\"60\"");

    private Http root;
    private Moody moody;

    @Before
    public void deployMoody() {
        root = server.root();
        moody = new Moody(server);
        moody.deploy();
    }

    @After
    public void calmDown() {
        server.http().get("/moody/?mood=fine");
        Etc.configure(server, "latchkey.kernel", "quarantineSeconds=L\"60\"");
    }

    @Test
    public void hangingAtThreeHundredRequestsASecondItHurtsNobodyElse() throws Exception {
        for (int i = 0; i < WRITTEN; i++) {
            root.post("/api/v1/entities", Map.of("id", "e" + i));
        }
        List<Load.Sample> well = load(5);
        assertThat(Witness.failed(well)).isEmpty();

        moody.be("hang");
        List<Load.Sample> hung = load(8);
        assertThat(Witness.failed(hung).stream().map(Load.Sample::kind)).containsOnly("update");
        assertThat(hung.stream().filter(each -> each.kind().equals("update")).map(Load.Sample::status))
                .containsOnly(503);
        assertThat(moody.calls()).isBetween(1, MOST_CALLS);
        assertThat(moody.state()).isEqualTo("quarantined");
        assertThat(moody.reason()).isNotEmpty().doesNotContain("\n");
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
        note(well, hung);
    }

    private static void note(List<Load.Sample> well, List<Load.Sample> hung) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String kind : List.of("entity", "validate")) {
            lines.add(String.format("%-10s %-28s %s", kind, "hook well", Latencies.of(well, kind)));
            lines.add(String.format("%-10s %-28s %s", kind, "hook hangs", Latencies.of(hung, kind)));
        }
        Files.createDirectories(FIGURES.getParent());
        Files.write(FIGURES, lines);
        lines.forEach(System.out::println);
    }

    /** Updates at 300 a second, and what has nothing to do with the hook beside them; threads are watched meanwhile. */
    private List<Load.Sample> load(int seconds) throws Exception {
        String token = root.token().orElseThrow();
        Vitals vitals = new Vitals(server);
        List<Integer> threads = new ArrayList<>();
        try (Load load = new Load(server.port())) {
            load.stream("update", 300, (client, n) -> {
                var reply = client.send(
                        "PUT", "/api/v1/entities/e" + n % WRITTEN + "/kv/room", token, "{\"value\":\"" + n + "\"}");
                return reply.status() == 204 ? client.get("/healthz/live", "") : reply;
            });
            load.stream("entity", 50, (client, n) -> client.get("/api/v1/entities/root", token));
            load.stream(
                    "validate",
                    50,
                    (client, n) -> client.send("POST", "/api/v1/auth/validate", "", "{\"token\":\"" + token + "\"}"));
            for (int i = 0; i < seconds * 5; i++) {
                Thread.sleep(200);
                threads.add(vitals.threads());
            }
            List<Load.Sample> samples = load.end();
            assertThat(threads).allMatch(count -> count < MOST_THREADS);
            return samples;
        }
    }

    @Test
    public void inQuarantineItIsNamedWithTheReasonAndReleasedByRest() {
        failUntilQuarantined("error");
        assertThat(moody.reason()).containsPattern("(?i)fail|error|StackOverflowError");
        Http.Answer refused = moody.update("patient");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("code").asText()).isEqualTo("policy-failed");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(server.shell("hooks").out()).contains(Moody.HOOK, "quarantined");
        assertThat(root.get("/api/v1/system/status").body()).contains(Moody.HOOK);
        assertThat(server.root().get("/api/v1/entities/patient").status()).isEqualTo(200);

        moody.be("fine");
        assertThat(moody.update("patient").status()).isEqualTo(503);
        assertThat(moody.release().status()).isBetween(200, 204);
        assertThat(moody.update("patient").status()).isEqualTo(204);
        assertThat(moody.state()).isEqualTo("active");
    }

    @Test
    public void theOperatorQuarantinesAndReleasesByRestAndShell() {
        assertThat(moody.quarantine("it worries me").status()).isBetween(200, 204);
        assertThat(moody.state()).isEqualTo("quarantined");
        assertThat(moody.reason()).contains("it worries me");
        moody.be("fine");
        assertThat(moody.update("patient").status()).isEqualTo(503);
        assertThat(moody.calls()).isEqualTo(0);
        assertThat(server.shell("release " + Moody.HOOK).exitCode()).isEqualTo(0);
        assertThat(moody.update("patient").status()).isEqualTo(204);
        assertThat(server.shell("quarantine " + Moody.HOOK + " 'again it does'").exitCode())
                .isEqualTo(0);
        assertThat(moody.reason()).contains("again it does");
        assertThat(moody.update("patient").status()).isEqualTo(503);
        assertThat(moody.release().status()).isBetween(200, 204);
        assertThat(moody.update("patient").status()).isEqualTo(204);
        assertThat(root.send("POST", "/api/v1/hooks/org.example.nobody/release").status())
                .isEqualTo(404);
        assertThat(server.shell("release org.example.nobody").exitCode()).isEqualTo(1);
        assertThat(server.http()
                        .send("POST", "/api/v1/hooks/" + Moody.HOOK + "/release")
                        .status())
                .isEqualTo(401);
    }

    /** What the operator took out stays out: only failures are tried again. */
    @Test
    public void quarantinedByHandItStaysSo() throws Exception {
        retryEverySecond();
        moody.quarantine("by hand");
        moody.be("fine");
        for (int i = 0; i < 15; i++) {
            assertThat(moody.update("patient").status()).isEqualTo(503);
            Thread.sleep(200);
        }
        assertThat(moody.calls()).isEqualTo(0);
    }

    @Test
    public void whileItFailsItIsTriedSeldomAndOnceItWorksItServesAgainByItself() throws Exception {
        retryEverySecond();
        failUntilQuarantined("error");
        int before = moody.calls();
        for (int i = 0; i < 50; i++) {
            assertThat(moody.update("patient").status()).isEqualTo(503);
            Thread.sleep(50);
        }
        assertThat(moody.calls() - before).isBetween(1, 8);
        moody.be("fine");
        await(5, () -> moody.update("patient").status() == 204);
        await(5, () -> moody.state().equals("active"));
        assertThat(moody.update("patient").status()).isEqualTo(204);
    }

    @Test
    public void spinningErrorsFloodsAndNonsenseHurtItsOwnCallsOnly() {
        String before = root.get("/api/v1/entities/patient").body();
        for (String mood : List.of("spin", "error", "flood", "null", "other", "renumber", "capabilities", "huge")) {
            moody.be(mood);
            for (int i = 0; i < 3; i++) {
                int status = root.put("/api/v1/entities/patient/kv/" + mood, Map.of("value", "x"))
                        .status();
                assertThat(status).as(mood).isIn(mood.equals("flood") ? Set.of(204, 503) : Set.of(503));
                assertThat(server.root().get("/api/v1/entities/root").status())
                        .as(mood)
                        .isEqualTo(200);
            }
            assertThat(server.isAlive()).as(mood).isTrue();
            assertThat(root.get("/api/v1/entities/mallory").status()).as(mood).isEqualTo(404);
            assertThat(root.get("/healthz/ready").status()).as(mood).isEqualTo(200);
            moody.be("fine");
            moody.release();
            await(5, () -> moody.update("patient").status() == 204);
        }
        root.delete("/api/v1/entities/patient/kv/flood");
        assertThat(core(root.get("/api/v1/entities/patient").body())).isEqualTo(core(before));
        assertThat(new Vitals(server).threads()).isLessThan(MOST_THREADS);
    }

    /** An entity without the count of its changes. */
    private static String core(String entity) {
        return entity.replaceAll("\"version\":\\d+", "");
    }

    private void failUntilQuarantined(String mood) {
        moody.be(mood);
        for (int i = 0; i < MOST_CALLS + 5 && !moody.state().equals("quarantined"); i++) {
            assertThat(moody.update("patient").status()).isEqualTo(503);
        }
        assertThat(moody.state()).isEqualTo("quarantined");
        assertThat(moody.calls()).isLessThanOrEqualTo(MOST_CALLS);
    }

    /** The server reads its configuration a moment later. */
    private static void retryEverySecond() throws InterruptedException {
        Etc.configure(server, "latchkey.kernel", "quarantineSeconds=L\"1\"");
        Thread.sleep(2500);
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Crowd;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Wire;

/** Attack cases L-01 and L-06, and tokens: signing in, seen by somebody who may not. */
public class SignInIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String SECRET = "correct horse battery";
    private static final String CHECK = "/api/v1/auth/check";
    private static final String HOOK = "org.example.refuse";

    /** Every way to fail: who tries, with what. */
    private static final Map<String, List<String>> FAILURES = new LinkedHashMap<>();

    static {
        FAILURES.put("unknown", List.of("nobody", SECRET));
        FAILURES.put("wrong", List.of("alice", "wrong horse battery"));
        FAILURES.put("locked", List.of("locked", SECRET));
        FAILURES.put("locked and wrong", List.of("locked", "wrong horse battery"));
        FAILURES.put("without a secret", List.of("bare", SECRET));
        FAILURES.put("refused before", List.of("before", SECRET));
        FAILURES.put("refused after", List.of("after", SECRET));
        FAILURES.put("no name at all", List.of("", SECRET));
        FAILURES.put("no such name", List.of("../%00 x", SECRET));
    }

    private Http root;

    @Before
    public void createEverybody() {
        root = server.root();
        for (String id : List.of("alice", "locked", "before", "after")) {
            root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET));
        }
        root.post("/api/v1/entities", Map.of("id", "bare"));
        root.send("POST", "/api/v1/entities/locked/lock");
        if (!root.serves(HOOK)) {
            server.deploy(refusingHook());
            await(5, () -> root.serves(HOOK));
        }
    }

    private static Path refusingHook() {
        return PluginJar.named(HOOK).source("Refuse", """
                        @Component
                        public final class Refuse implements DirectoryHook {
                            public Entity preAuthCheck(Entity e, Attempt a) { return refuse(e, "before"); }
                            public Entity postAuthCheck(Entity e, Attempt a) { return refuse(e, "after"); }
                            private static Entity refuse(Entity e, String who) {
                                if (e.id().equals(who)) {
                                    throw new Refusal("refused", "You are known, but not wanted.");
                                }
                                return e;
                            }
                        }
                        """).build();
    }

    @Test
    public void l01_allFailuresLookTheSame() {
        for (String path : List.of(CHECK, "/api/v1/auth/token")) {
            Http.Answer first = fail(path, "unknown");
            assertThat(first.status()).isEqualTo(401);
            assertThat(first.header("WWW-Authenticate")).isEqualTo("Bearer");
            FAILURES.keySet().forEach(way -> {
                Http.Answer answer = fail(path, way);
                assertThat(answer.status()).as(way).isEqualTo(401);
                assertThat(visible(answer)).as(way).isEqualTo(visible(first));
            });
        }
    }

    @Test
    public void l01_allFailuresTakeEquallyLong() {
        Map<String, List<Long>> samples = new TreeMap<>();
        for (int i = 0; i < 65; i++) {
            for (String way : FAILURES.keySet()) {
                long start = System.nanoTime();
                fail(CHECK, way);
                long taken = System.nanoTime() - start;
                if (i >= 5) {
                    samples.computeIfAbsent(way, any -> new ArrayList<>()).add(taken);
                }
            }
        }
        long wrong = median(samples.get("wrong"));
        samples.forEach((way, taken) ->
                assertThat(median(taken)).as("nanoseconds: " + way).isCloseTo(wrong, Percentage.withPercentage(25)));
    }

    @Test
    public void l06_threeHundredAtOnceAreJudgedOrToldToComeBack() {
        for (String secret : List.of(SECRET, "wrong")) {
            List<Http.Answer> answers =
                    Crowd.ask(300, () -> server.http().post(CHECK, Map.of("id", "alice", "secret", secret)));
            for (Http.Answer answer : answers) {
                assertThat(answer.status()).isIn(secret.equals(SECRET) ? 204 : 401, 503);
                assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(answer.status() != 503);
            }
            assertThat(answers).anyMatch(answer -> answer.status() != 503);
            await(10, () -> server.http().get("/healthz/ready").status() == 200);
            assertThat(server.http().check("alice", SECRET)).isTrue();
        }
        assertThat(server.logs()).doesNotContain("OutOfMemoryError");
        assertThat(server.root().get("/api/v1/entities/root").status()).isEqualTo(200);
    }

    @Test
    public void l06_aFloodOfSignInsDoesNotKeepTheRestFromAnswering() throws Exception {
        CompletableFuture<?> flood = CompletableFuture.runAsync(() -> Crowd.ask(300, () -> fail(CHECK, "unknown")));
        Thread.sleep(500);
        long start = System.nanoTime();
        assertThat(new Wire(server.port()).get("/healthz/live").status()).isEqualTo(200);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        flood.handle((done, failed) -> done).get(2, TimeUnit.MINUTES);
        assertThat(millis)
                .as("milliseconds until the server says that it lives")
                .isLessThan(3000);
    }

    @Test
    public void aTokenSaysWhoseItIs() {
        root.post("/api/v1/groups", Map.of("name", "staff"));
        root.send("PUT", "/api/v1/groups/staff/members/alice");
        root.send("PUT", "/api/v1/entities/alice/capabilities/LOCK_ENTITY");
        String token = tokenOf("alice");
        Http.Answer valid = validate(token);
        assertThat(valid.status()).isEqualTo(200);
        assertThat(valid.json().path("id").asText()).isEqualTo("alice");
        assertThat(valid.json().path("groups").toString()).isEqualTo("[\"staff\"]");
        assertThat(valid.json().path("capabilities").toString()).isEqualTo("[\"LOCK_ENTITY\"]");
        assertThat(permitted(token, "staff")).isEqualTo(200);
        assertThat(permitted(token, "other", "staff")).isEqualTo(200);
        assertThat(permitted(token, "other")).isEqualTo(403);
        assertThat(permitted(tampered(token), "staff")).isEqualTo(401);
    }

    @Test
    public void aTokenEndsWithTheLockAndWithTheEntity() {
        root.post("/api/v1/entities", Map.of("id", "brief", "secret", SECRET));
        String token = tokenOf("brief");
        assertThat(server.http().withToken(token).get("/api/v1/entities/brief").status())
                .isEqualTo(200);
        root.send("POST", "/api/v1/entities/brief/lock");
        assertOver(token);
        root.send("POST", "/api/v1/entities/brief/unlock");
        token = tokenOf("brief");
        root.delete("/api/v1/entities/brief");
        assertOver(token);
        root.post("/api/v1/entities", Map.of("id", "brief", "secret", SECRET));
        assertOver(token);
    }

    @Test
    public void aTokenIsNotInheritedByWhoeverGetsTheNameAfterARestart() {
        root.post("/api/v1/entities", Map.of("id", "former", "secret", SECRET));
        String token = tokenOf("former");
        root.delete("/api/v1/entities/former");
        server.stop();
        server.start();
        server.root().post("/api/v1/entities", Map.of("id", "former", "secret", SECRET));
        assertOver(token);
    }

    @Test
    public void aTokenLosesACapabilityAtOnce() {
        root.post("/api/v1/entities", Map.of("id", "deputy", "secret", SECRET));
        root.send("PUT", "/api/v1/entities/deputy/capabilities/GLOBAL_ROOT");
        Http deputy = server.http().signedInAs("deputy", SECRET);
        assertThat(deputy.get("/api/v1/plugins").status()).isEqualTo(200);
        root.delete("/api/v1/entities/deputy/capabilities/GLOBAL_ROOT");
        assertThat(deputy.get("/api/v1/plugins").status()).isEqualTo(403);
    }

    @Test
    public void aTokenSurvivesARestartAndNoCharacterOfItMayChange() {
        String token = tokenOf("alice");
        server.stop();
        server.start();
        assertThat(validate(token).status()).isEqualTo(200);
        for (int at = 0; at < token.length() - 1; at += 7) {
            char changed = token.charAt(at) == 'A' ? 'B' : 'A';
            String other = token.substring(0, at) + changed + token.substring(at + 1);
            assertThat(validate(other).status()).as("character " + at).isEqualTo(401);
        }
    }

    private static void assertOver(String token) {
        assertThat(validate(token).status()).isEqualTo(401);
        assertThat(server.http().withToken(token).get("/api/v1/entities/root").status())
                .isEqualTo(401);
    }

    private static Http.Answer fail(String path, String way) {
        return server.http()
                .post(
                        path,
                        Map.of(
                                "id",
                                FAILURES.get(way).get(0),
                                "secret",
                                FAILURES.get(way).get(1)));
    }

    /** All of an answer that may not differ: without date and request id. */
    private static String visible(Http.Answer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("date") || name.equalsIgnoreCase("x-request-id"));
        return headers + answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String tokenOf(String id) {
        return server.http().signedInAs(id, SECRET).token().orElseThrow();
    }

    private static Http.Answer validate(String token) {
        return server.http().post("/api/v1/auth/validate", Map.of("token", token));
    }

    private static int permitted(String token, String... groups) {
        return server.http()
                .post("/api/v1/auth/validate", Map.of("token", token, "groups", groups))
                .status();
    }

    private static String tampered(String token) {
        return token.substring(0, token.length() - 20) + "AAAA" + token.substring(token.length() - 16);
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Crowd;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Promise 6, attack case L-08: fail2lock is replaced fifty times while it is under attack, and forgets nothing. */
public class Fail2LockReplaceIT {

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.deployer", "bakeMillis=L\"300\"")
            .withEtc("latchkey.fail2lock", "allowedFails=I\"" + Fail2LockReplaceIT.ALLOWED + "\"");

    static final int ALLOWED = 5;
    private static final int REPLACEMENTS = 50;

    /** So few that none ever waits longer than fail2lock's patience. */
    private static final int CLIENTS = 3;

    private static final String PLUGIN = "org.latchkey.hook.fail2lock";
    private static final String SECRET = "correct horse battery";

    private final Http root = server.root();

    /** Comes after fail2lock in the chain: what it sees is judged. */
    private static Path counter() {
        return PluginJar.named("org.example.counter").source("Counter", """
                        @Component(service = {DirectoryHook.class, Endpoint.class},
                                property = {"latchkey.mount=judged", "service.ranking:Integer=-1000"})
                        public final class Counter implements DirectoryHook, Endpoint {
                            private final Map<String, Integer> judged = new ConcurrentHashMap<>();
                            public Entity preAuthCheck(Entity entity, Attempt attempt) {
                                judged.merge(entity.id(), 1, Integer::sum);
                                return entity;
                            }
                            public Response handle(Request request) {
                                return Response.text(200, String.valueOf(judged.getOrDefault(request.query("id").get(0), 0)));
                            }
                        }
                        """).build();
    }

    @Test
    public void replacedFiftyTimesDuringAnAttackItForgetsNoFailure() {
        Path shipped = Server.shipped(PLUGIN);
        server.deploy(shipped, "fail2lock.jar");
        server.deploy(counter());
        await(10, () -> root.isProven(PLUGIN) && root.isProven("org.example.counter"));
        create("locked");
        Crowd.ask(CLIENTS, () -> attempts("locked", 3));
        assertThat(judged("locked")).isEqualTo(ALLOWED);
        assertThat(attempt("locked", SECRET)).isEqualTo(401);

        AtomicBoolean over = new AtomicBoolean();
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> attackers = new ArrayList<>();
        for (String secret : List.of(SECRET, SECRET, "wrong")) {
            attackers.add(CompletableFuture.runAsync(() -> attack(secret, over, answers)));
        }
        for (int i = 1; i <= REPLACEMENTS; i++) {
            replaceWhileItIsAttacked(shipped, i);
        }
        over.set(true);
        attackers.forEach(CompletableFuture::join);

        assertThat(answers).hasSizeGreaterThan(REPLACEMENTS).containsOnly(401);
        assertThat(judged("locked")).isEqualTo(ALLOWED);
        for (int i = 1; i <= REPLACEMENTS; i++) {
            // Those under way in the old revision at the moment of the replacement come on top.
            assertThat(judged("victim" + i)).as("victim" + i).isBetween(ALLOWED, 2 * ALLOWED);
            assertThat(attempt("victim" + i, SECRET)).as("victim" + i).isEqualTo(401);
        }
    }

    private void replaceWhileItIsAttacked(Path shipped, int number) {
        String victim = "victim" + number;
        String version = "1.0." + number;
        create(victim);
        CompletableFuture<List<Integer>> attack =
                CompletableFuture.supplyAsync(() -> Crowd.ask(CLIENTS, () -> attempts(victim, 4)));
        server.deploy(PluginJar.reversioned(shipped, version), "fail2lock.jar");
        await(5, () -> root.version(PLUGIN).equals(version));
        assertThat(attack.join()).containsOnly(0);
        // Attempts that found no place in time do not count; on a busy machine those above may be too few.
        await(20, () -> {
            attempts(victim, 1);
            return judged(victim) >= ALLOWED;
        });
    }

    private static void attack(String secret, AtomicBoolean over, Queue<Integer> answers) {
        while (!over.get()) {
            answers.add(attempt("locked", secret));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Tries a wrong secret again and again, and says how many answers were neither "no" nor "not now". */
    private static int attempts(String id, int times) {
        int others = 0;
        for (int i = 0; i < times; i++) {
            others += attempt(id, "wrong") == 401 ? 0 : 1;
        }
        return others;
    }

    private static int attempt(String id, String secret) {
        return server.http()
                .post("/api/v1/auth/check", Map.of("id", id, "secret", secret))
                .status();
    }

    private static int judged(String id) {
        return Integer.parseInt(server.http().get("/judged/?id=" + id).body());
    }

    private void create(String id) {
        assertThat(root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET))
                        .status())
                .as(id)
                .isEqualTo(201);
    }
}

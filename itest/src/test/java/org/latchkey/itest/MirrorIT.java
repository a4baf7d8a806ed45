package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TestRule;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Receiver;
import org.latchkey.itest.server.Server;

/**
 * Row 41, section 6 points 5 and 35: the example mirror keeps a copy elsewhere of what the directory holds, through
 * failures of the service, replacements of the plugin and deaths of the process.
 */
public class MirrorIT {

    private static final String PLUGIN = "org.latchkey.example.mirror";
    private static final String TOKEN = "t0k3n-hush";
    private static final String FILE = "mirror.jar";
    private static final long LEAK_SECONDS = 3;

    private static final Receiver service = new Receiver();
    private static final Server server = new Server()
            .withEtc("latchkey.deployer", "bakeMillis=L\"300\"", "leakSeconds=L\"" + LEAK_SECONDS + "\"")
            .withEtc("latchkey.notify", "pollSeconds=I\"1\"", "firstRetryMillis=I\"100\"", "longestRetrySeconds=I\"1\"")
            .withEtc("latchkey.mirror", "url=\"" + service.url() + "\"", ".token=\"" + TOKEN + "\"");

    @ClassRule
    public static final TestRule rules = RuleChain.outerRule(service).around(server);

    private Http root;

    @Before
    public void deploy() {
        service.answer(200);
        root = server.root();
        if (root.state(PLUGIN).isEmpty()) {
            server.deploy(Server.shipped(PLUGIN), FILE);
        }
        await(20, () -> root.isProven(PLUGIN));
    }

    @After
    public void theTokenIsInNoLog() {
        assertThat(server.logs() + server.output()).doesNotContain(TOKEN);
    }

    /** The requests about whatever has this name that were taken, in order. */
    private static List<String> taken(String name) {
        return service.taken().stream()
                .map(Receiver.Call::request)
                .filter(request -> List.of(request.split("[ /]")).contains(name))
                .toList();
    }

    private static void arrives(String name, String... requests) {
        await(30, () -> Collections.indexOfSubList(taken(name), List.of(requests)) >= 0);
    }

    private static Receiver.Call last(String request) {
        List<Receiver.Call> calls = service.taken().stream()
                .filter(call -> call.request().equals(request))
                .toList();
        return calls.get(calls.size() - 1);
    }

    private void create(String id) {
        ok(root.post("/api/v1/entities", Map.of("id", id)));
    }

    private static void ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }

    @Test
    public void theLifeOfAUserIsMirrored() {
        create("ada");
        arrives("ada", "PUT /users/ada");
        ok(root.patch("/api/v1/entities/ada", Map.of("meta", Map.of("legal_name", "Ada Lovelace"))));
        await(30, () -> last("PUT /users/ada").body().contains("Ada Lovelace"));
        ok(root.send("POST", "/api/v1/entities/ada/lock"));
        arrives("ada", "PUT /users/ada", "POST /users/ada/lifecycle/suspend");
        ok(root.send("POST", "/api/v1/entities/ada/unlock"));
        arrives("ada", "PUT /users/ada", "POST /users/ada/lifecycle/unsuspend");
        ok(root.delete("/api/v1/entities/ada"));
        arrives("ada", "POST /users/ada/lifecycle/deactivate", "DELETE /users/ada");
    }

    @Test
    public void groupsAndMembershipsAreMirrored() {
        create("bob");
        ok(root.post("/api/v1/groups", Map.of("name", "sailors", "display_name", "All at sea")));
        arrives("sailors", "PUT /groups/sailors");
        assertThat(last("PUT /groups/sailors").body()).contains("All at sea");
        ok(root.send("PUT", "/api/v1/groups/sailors/members/bob"));
        arrives("bob", "PUT /users/bob", "PUT /users/bob/groups");
        assertThat(last("PUT /users/bob/groups").body()).isEqualTo("{\"groups\":[\"sailors\"]}");
        ok(root.delete("/api/v1/groups/sailors/members/bob"));
        await(30, () -> last("PUT /users/bob/groups").body().equals("{\"groups\":[]}"));
        ok(root.delete("/api/v1/groups/sailors"));
        arrives("sailors", "DELETE /groups/sailors");
    }

    /** Section 6, point 35: the rule changes who is in the group, and the service is told who. */
    @Test
    public void aRuleIsMirroredAsTheMembersItMakes() {
        create("cleo");
        for (String group : List.of("crew", "everybody")) {
            ok(root.post("/api/v1/groups", Map.of("name", group)));
        }
        ok(root.send("PUT", "/api/v1/groups/crew/members/cleo"));
        ok(root.put("/api/v1/groups/everybody/rules/crew", Map.of("rule", "include")));
        arrives("everybody", "PUT /groups/everybody", "PUT /groups/everybody/members");
        assertThat(last("PUT /groups/everybody/members").body()).isEqualTo("{\"members\":[\"cleo\"]}");
        ok(root.delete("/api/v1/groups/everybody/rules/crew"));
        await(30, () -> last("PUT /groups/everybody/members").body().equals("{\"members\":[]}"));
    }

    /** Point 5: what is refused, and so not stored, is not mirrored. */
    @Test
    public void whatIsRefusedIsNotMirrored() {
        create("dora");
        assertThat(root.post("/api/v1/entities", Map.of("id", "dora")).status()).isEqualTo(409);
        assertThat(root.post("/api/v1/entities", Map.of("id", "-no-")).status()).isBetween(400, 422);
        create("dora2");
        arrives("dora2", "PUT /users/dora2");
        assertThat(taken("dora")).containsExactly("PUT /users/dora");
        assertThat(taken("-no-")).isEmpty();
    }

    @Test
    public void aServiceThatIsDownGetsEverythingAfterwardsInOrderWithTheSameIds() {
        service.answer(503);
        List<String> ids = names("late", 20);
        ids.forEach(this::create);
        await(30, () -> attempts("late0") > 3);
        assertThat(root.state(PLUGIN)).isEqualTo("active");
        service.answer(429);
        int soFar = attempts("late0");
        await(30, () -> attempts("late0") > soFar);
        service.answer(200);
        ids.forEach(id -> arrives(id, "PUT /users/" + id));
        assertThat(users("late")).isEqualTo(ids);
        assertThat(keys("late0")).hasSize(1);
    }

    private static List<String> names(String prefix, int number) {
        return IntStream.range(0, number).mapToObj(i -> prefix + i).toList();
    }

    private static int attempts(String id) {
        return (int) service.calls().stream()
                .filter(call -> call.request().equals("PUT /users/" + id))
                .count();
    }

    private static LinkedHashSet<String> keys(String id) {
        LinkedHashSet<String> keys = new LinkedHashSet<>();
        service.calls().stream()
                .filter(call -> call.request().equals("PUT /users/" + id))
                .forEach(call -> keys.add(call.key()));
        return keys;
    }

    /** The users of that prefix, each once, in the order in which they were taken first. */
    private static List<String> users(String prefix) {
        return service.taken().stream()
                .map(Receiver.Call::request)
                .filter(request -> request.startsWith("PUT /users/" + prefix))
                .map(request -> request.substring("PUT /users/".length()))
                .distinct()
                .toList();
    }

    @Test
    public void whilePluginsAreReplacedNothingIsLost() {
        Path shipped = Server.shipped(PLUGIN);
        service.answer(503);
        names("swapA", 5).forEach(this::create);
        server.deploy(PluginJar.reversioned(shipped, "1.0.0"), FILE);
        names("swapB", 5).forEach(this::create);
        await(20, () -> root.version(PLUGIN).equals("1.0.0"));
        server.undeploy(server.deploy().resolve(FILE));
        await(20, () -> root.state(PLUGIN).isEmpty());
        names("swapC", 5).forEach(this::create);
        service.answer(200);
        server.deploy(PluginJar.reversioned(shipped, "2.0.0"), FILE);
        List<String> all = new ArrayList<>(names("swapA", 5));
        all.addAll(names("swapB", 5));
        all.addAll(names("swapC", 5));
        await(30, () -> users("swap").equals(all));
    }

    /** Row 83: killed in the middle; whoever was created is in the copy. */
    @Test
    public void killedItLosesNone() {
        List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
        for (int round = 0; round < 2; round++) {
            int before = acknowledged.size();
            String prefix = "kill" + round + "x";
            Http writer = root;
            AtomicBoolean killed = new AtomicBoolean();
            service.answer(round == 0 ? 200 : 503);
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> write(writer, prefix, acknowledged, killed));
            await(60, () -> acknowledged.size() > before + 50);
            server.kill();
            killed.set(true);
            writing.join();
            server.start();
            root = server.root();
        }
        service.answer(200);
        await(60, () -> users("kill").containsAll(acknowledged));
        List<String> told = new ArrayList<>(users("kill"));
        told.retainAll(acknowledged);
        assertThat(told).isEqualTo(acknowledged);
    }

    private static void write(Http writer, String prefix, List<String> acknowledged, AtomicBoolean killed) {
        for (int i = 0; i < 100_000 && !killed.get(); i++) {
            String id = prefix + i;
            try {
                if (writer.post("/api/v1/entities", Map.of("id", id)).status() == 201) {
                    acknowledged.add(id);
                }
            } catch (UncheckedIOException serverDied) {
                return;
            }
        }
    }

    /** Promise 7: it leaves neither threads nor classes behind. */
    @Test
    public void takenOutItLeavesNothingBehind() throws InterruptedException {
        create("emil");
        arrives("emil", "PUT /users/emil");
        server.undeploy(server.deploy().resolve(FILE));
        await(20, () -> root.state(PLUGIN).isEmpty());
        Thread.sleep(3 * LEAK_SECONDS * 1000);
        assertThat(server.logs().lines().filter(line -> line.contains("left something behind")))
                .isEmpty();
        assertThat(root.state(PLUGIN)).isEmpty();
    }
}

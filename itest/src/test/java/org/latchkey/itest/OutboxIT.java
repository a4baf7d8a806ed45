package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TestRule;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Receiver;
import org.latchkey.itest.server.Server;

/** R-07, H-11, promise 8: the outbox loses nothing, whatever becomes of the receiver, the plugin or the process. */
public class OutboxIT {

    private static final String CHANNEL = "org.example.channel";
    private static final String SOURCE = "org.example.source";

    private final Receiver receiver = new Receiver();
    private final Server server = new Server()
            .withEtc("latchkey.deployer", "bakeMillis=L\"300\"")
            .withEtc(
                    "latchkey.notify", "pollSeconds=I\"1\"", "firstRetryMillis=I\"100\"", "longestRetrySeconds=I\"1\"");

    @Rule
    public final TestRule rules = RuleChain.outerRule(receiver).around(server);

    private final List<Path> deployed = new ArrayList<>();
    private Http root;

    /** A notifier that passes on by HTTP: its notices' ids, and its own version. */
    private Path channel(String version) {
        return PluginJar.named(CHANNEL)
                .version(version)
                .source("Channel", """
                        @Component
                        public final class Channel implements Notifier {
                            private final java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
                            public void notify(Notice notice) throws java.io.IOException {
                                var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create("URL/" + notice.type()))
                                        .timeout(java.time.Duration.ofSeconds(5))
                                        .header("Idempotency-Key", notice.id())
                                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("VERSION")).build();
                                try {
                                    int status = client.send(request, java.net.http.HttpResponse.BodyHandlers.discarding()).statusCode();
                                    if (status != 200) throw new java.io.IOException("answered " + status + " by URL/hush");
                                } catch (InterruptedException late) {
                                    throw new java.io.InterruptedIOException();
                                }
                            }
                        }
                        """.replace("URL", receiver.url()).replace("VERSION", version))
                .build();
    }

    /** Commits notices as a change does; answers when they are stored. */
    private static Path source() {
        return PluginJar.named(SOURCE)
                .source("Source", """
                        @Component(property = "latchkey.mount=source")
                        public final class Source implements Endpoint {
                            private final Outbox outbox;
                            private final org.latchkey.api.store.Store store;
                            @Activate public Source(@Reference Outbox outbox, @Reference org.latchkey.api.store.Store store) {
                                this.outbox = outbox;
                                this.store = store;
                            }
                            public Response handle(Request request) {
                                String id = request.query("id").get(0);
                                try {
                                    store.commit(outbox.enclose(List.of(new Notice(
                                            id, "test.happened", java.time.Instant.now(), "test", Map.of("id", id)))));
                                } catch (org.latchkey.api.store.Store.Conflict taken) {
                                    throw new IllegalStateException(taken);
                                }
                                outbox.stored();
                                return Response.text(200, id);
                            }
                        }
                        """)
                .source("Topics", """
                        @Component
                        public final class Topics implements NoticeCatalogue {
                            public List<Topic> topics() {
                                return List.of(new Topic("test.happened", "It was asked for.", "id", Map.of("id", "its number")));
                            }
                        }
                        """)
                .build();
    }

    @Before
    public void deploy() {
        root = server.root();
        deployed.add(server.deploy(channel("1.0.0"), "channel.jar"));
        deployed.add(server.deploy(source(), "source.jar"));
        await(20, () -> root.isProven(CHANNEL) && root.isProven(SOURCE));
        send("first");
        await(20, () -> ids().contains("first"));
    }

    @After
    public void answerAgain() {
        receiver.answer(200);
        assertThat(server.logs()).doesNotContain("notice.unlisted");
    }

    private void send(String id) {
        assertThat(server.http().get("/source/?id=" + id).status()).isEqualTo(200);
    }

    private void send(int from, int to) {
        IntStream.range(from, to).forEach(i -> send("n" + i));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "n" + i).toList();
    }

    /** The ids that were taken, each once, in the order in which they were taken first. */
    private List<String> ids() {
        return List.copyOf(new LinkedHashSet<>(receiver.taken().stream()
                .filter(call -> call.request().endsWith("test.happened"))
                .map(Receiver.Call::key)
                .toList()));
    }

    private List<String> idsAfterFirst() {
        List<String> ids = new ArrayList<>(ids());
        ids.remove("first");
        return ids;
    }

    private boolean isReady() {
        return server.http().get("/healthz/ready").status() == 200;
    }

    @Test
    public void aReceiverThatIsDownGetsEverythingAfterwardsInOrder() {
        receiver.answer(503);
        send(0, 30);
        await(
                20,
                () -> receiver.calls().stream()
                                .filter(call -> call.key().equals("n0"))
                                .count()
                        > 5);
        assertThat(root.state(CHANNEL)).isEqualTo("active");
        receiver.answer(429);
        send(30, 40);
        receiver.answer(200);
        await(30, () -> ids().contains("n39"));
        assertThat(idsAfterFirst()).isEqualTo(numbers(0, 40));
        assertThat(server.logs()).contains("notice.failed").doesNotContain("/hush");
        assertThat(isReady()).isTrue();
    }

    @Test
    public void whatComesWhileThePluginIsReplacedOrTakenOutWaits() {
        receiver.answer(503);
        send(0, 5);
        server.deploy(channel("2.0.0"), "channel.jar");
        send(5, 10);
        await(20, () -> root.version(CHANNEL).equals("2.0.0"));
        server.undeploy(deployed.get(0));
        await(20, () -> root.state(CHANNEL).isEmpty());
        send(10, 15);
        receiver.answer(200);
        server.deploy(channel("3.0.0"), "channel.jar");
        await(30, () -> ids().contains("n14"));
        assertThat(idsAfterFirst()).isEqualTo(numbers(0, 15));
        assertThat(receiver.taken().stream()
                        .filter(call -> call.key().matches("n\\d+"))
                        .map(Receiver.Call::body))
                .containsOnly("3.0.0");
    }

    /** its target is down for a while and the plugin is replaced meanwhile; what comes twice has the same id. */
    @Test
    public void replacedAgainAndAgainWhileItsTargetIsDownItLosesNothingAndRepeatsByIdOnly() {
        receiver.answer(503);
        send(0, 10);
        for (int round = 2; round <= 4; round++) {
            String version = round + ".0.0";
            server.deploy(channel(version), "channel.jar");
            await(30, () -> root.version(CHANNEL).equals(version));
            send(10 * (round - 1), 10 * round);
        }
        await(
                20,
                () -> receiver.calls().stream()
                                .filter(call -> call.body().equals("4.0.0"))
                                .count()
                        > 2);
        receiver.answer(200);
        await(30, () -> ids().contains("n39"));
        assertThat(idsAfterFirst()).isEqualTo(numbers(0, 40));
        List<String> taken = receiver.taken().stream()
                .filter(call -> call.request().endsWith("test.happened"))
                .map(Receiver.Call::key)
                .toList();
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(receiver.calls().stream().map(Receiver.Call::key)).contains("n0");
    }

    /** H-11, row 83: killed in the middle, three times; every acknowledged change is told of. */
    @Test
    public void killedWhileItDeliversItLosesNone() throws Exception {
        List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
        for (int round = 0; round < 3; round++) {
            int before = acknowledged.size();
            String prefix = "k" + round + "-";
            AtomicBoolean killed = new AtomicBoolean();
            receiver.answer(round == 1 ? 503 : 200);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(prefix, acknowledged, killed));
            await(60, () -> acknowledged.size() > before + 50);
            server.kill();
            killed.set(true);
            writer.join();
            server.start();
        }
        receiver.answer(200);
        await(60, () -> ids().containsAll(acknowledged));
        assertThat(acknowledged).hasSizeGreaterThan(150);
        List<String> told = new ArrayList<>(ids());
        told.retainAll(acknowledged);
        assertThat(told).isEqualTo(acknowledged);
    }

    private void write(String prefix, List<String> acknowledged, AtomicBoolean killed) {
        for (int i = 0; i < 100_000 && !killed.get(); i++) {
            String id = prefix + i;
            try {
                if (server.http().get("/source/?id=" + id).status() == 200) {
                    acknowledged.add(id);
                }
            } catch (UncheckedIOException serverDied) {
                return;
            }
        }
    }

    @Test
    public void whatIsGivenUpIsInTheStatusAndTheServerStaysReady() {
        Etc.configure(server, "latchkey.notify", "pollSeconds=I\"1\"", "firstRetryMillis=I\"50\"", "attempts=I\"2\"");
        await(20, () -> {
            receiver.answer(500);
            send("poison" + System.nanoTime());
            return status().contains("dead letter");
        });
        receiver.answer(200);
        assertThat(isReady()).isTrue();
        assertThat(server.logs()).contains("notice.dead");
        send("after");
        await(20, () -> ids().contains("after"));
    }

    private String status() {
        for (var subsystem : root.get("/api/v1/system/status").json().path("subsystems")) {
            if (subsystem.path("name").asText().equals("notify")) {
                return subsystem.path("fault").asText();
            }
        }
        throw new AssertionError("notify is not in the status");
    }

    /** What becomes of plugins is told through the outbox too: it waits for the channel that was not there. */
    @Test
    public void theNewsOfPluginsWaitsForAChannelThatIsAway() {
        server.undeploy(deployed.get(0));
        await(20, () -> root.state(CHANNEL).isEmpty());
        int before = receiver.calls().size();
        Path good = PluginJar.named("org.example.news").source("News", """
                @Component(property = "latchkey.mount=news")
                public final class News implements Endpoint {
                    public Response handle(Request request) { return Response.text(200, "news"); }
                }
                """).build();
        server.deploy(good, "news.jar");
        await(20, () -> root.serves("org.example.news"));
        server.deploy(channel("2.0.0"), "channel.jar");
        await(
                30,
                () -> receiver.taken().size() > before
                        && receiver.taken().stream()
                                .anyMatch(call -> call.request().contains("plugin.deployed")));
        assertThat(root.get("/api/v1/system/status").status()).isEqualTo(200);
    }
}

package org.latchkey.procs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.rules.ExternalResource;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.procs.FakeExecutor.Program;
import org.latchkey.procs.json.Json;
import org.latchkey.testkit.FakeLane;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.MemoryStore;

/**
 * Procs with everything around them in memory: {@code root}, {@code boss} in proctor.admin, {@code ada} in ops, {@code eve} in
 * sales, and an executor {@code fake}. Several may share one store, as nodes do.
 */
public final class Stage extends ExternalResource {

    private final Map<String, Object> settings = new HashMap<>(Map.of("leaseSeconds", 3));
    private final Map<Integer, ProcsEndpoint> nodes = new HashMap<>();

    public final MemoryStore store = new MemoryStore();
    public final MemoryOutbox outbox = new MemoryOutbox();
    public final MemoryAudit audit = new MemoryAudit();
    public final FakeSealing sealing = new FakeSealing();
    public final FakePeople people = new FakePeople()
            .addRoot("root")
            .add("boss", "proctor.admin")
            .add("ada", "ops", "staff")
            .add("eve", "sales");
    public final MemoryDirectory directory = new MemoryDirectory();
    public final LocalExtensionPoints points = new LocalExtensionPoints();
    public final FakeExecutor executor = new FakeExecutor();

    public Stage with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    @Override
    protected void before() {
        register("1");
        start(1);
    }

    /** Registers the executor anew, as another revision of its plugin does. */
    public void register(String serviceId) {
        points.clear(Executor.class);
        points.addCore(Executor.class, executor, Map.of(Executor.NAME, "fake", "service.id", serviceId));
    }

    /** Starts another node, or another life of this one. */
    public void start(int node) {
        nodes.put(
                node,
                new ProcsEndpoint(
                        store,
                        outbox,
                        sealing,
                        audit,
                        people,
                        people,
                        points,
                        directory,
                        rules -> FakeLane.answering(200),
                        new NoShell().context(),
                        Configured.with(settings)));
    }

    /** As when its bundle is replaced or the server ends in peace. */
    public void stop(int node) {
        nodes.remove(node).close();
    }

    @Override
    protected void after() {
        nodes.values().forEach(ProcsEndpoint::close);
    }

    public Response ask(int node, Asked request) {
        try {
            return nodes.get(node).handle(request);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public Response ask(Asked request) {
        return ask(1, request);
    }

    public String health() {
        return nodes.get(1).fault().orElse("");
    }

    public JsonNode json(Asked request) {
        return Json.stored(text(ask(request)));
    }

    public static String text(Response response) {
        if (response.content().isEmpty()) {
            return new String(response.body(), StandardCharsets.UTF_8);
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            response.content().get().writeTo(out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The refusal with which a request ends. */
    public Refusal refused(Asked request) {
        Refusal[] found = new Refusal[1];
        assertThatExceptionOfType(Refusal.class)
                .as(request.method() + " " + request.target() + " " + request.content())
                .isThrownBy(() -> ask(request))
                .satisfies(refusal -> found[0] = refusal);
        return found[0];
    }

    /** Stores a proc for ops. */
    public void proc(String name, String more) {
        Asked request = Asked.of("POST", "/metadata")
                .by("boss")
                .body("[{'name':'" + name + "','authorized_groups':['ops'],'image_name':'ops/tool:1'" + more + "}]");
        assertThat(ask(request).status()).isEqualTo(201);
    }

    /** Has it look as if whoever watches a run had died: the watcher that its item names has never been. */
    public void orphan(JsonNode run) {
        Item item = store.list("procrun", "", "", 99).stream()
                .filter(each -> each.body().contains("\"id\":" + run.get("id")))
                .findFirst()
                .orElseThrow();
        String body = item.body().replaceAll("\"watcher\":\"[^\"]*\"", "\"watcher\":\"somebody-dead\"");
        List<Item.Index> indexes = List.of(new Item.Index("live", "yes", false));
        try {
            store.commit(List.of(new Write.Put(new Item(item.kind(), item.key(), item.version(), body, indexes))));
        } catch (Store.Conflict faster) {
            throw new IllegalStateException(faster);
        }
    }

    public JsonNode run(String body) {
        Response answer = ask(Asked.of("POST", "/execution").by("ada").body(body));
        assertThat(answer.status()).isEqualTo(201);
        return Json.stored(text(answer));
    }

    /** Runs it and waits until the executor has it. */
    public Program begun(JsonNode run) {
        String id = run.get("id").asText();
        eventually("begun", () -> executor.program(id).isPresent());
        return executor.program(id).orElseThrow();
    }

    public JsonNode status(int node, JsonNode run) {
        return Json.stored(text(ask(
                node, Asked.of("GET", "/execution/" + run.get("id") + "/status").by("ada"))));
    }

    public JsonNode status(JsonNode run) {
        return status(1, run);
    }

    public JsonNode await(int node, JsonNode run, String status) {
        eventually(status, () -> status(node, run).get("status").asText().equals(status));
        return status(node, run);
    }

    public JsonNode await(JsonNode run, String status) {
        return await(1, run, status);
    }

    public String log(int node, JsonNode run) {
        return text(ask(
                node, Asked.of("GET", "/execution/" + run.get("id") + "/logs").by("ada")));
    }

    public String log(JsonNode run) {
        return log(1, run);
    }

    public static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not in time: " + what).isLessThan(deadline);
            try {
                Thread.sleep(20);
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }
    }
}

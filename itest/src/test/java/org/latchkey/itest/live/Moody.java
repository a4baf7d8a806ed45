package org.latchkey.itest.live;

import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.Map;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/**
 * A hook that behaves until it is told not to, by an endpoint of the same plugin; both are components of their own,
 * so that the one can be out of service without the other.
 */
public final class Moody {

    public static final String PLUGIN = "org.example.moody";

    /** The name of the hook, which is also its configuration's. */
    public static final String HOOK = PLUGIN + ".Hook";

    private static final String MOOD = """
            final class Mood {
                static volatile String now = "fine";
                static final java.util.concurrent.atomic.AtomicInteger calls = new java.util.concurrent.atomic.AtomicInteger();
            }
            """;

    private static final String HOOK_SOURCE = """
            @Component
            public final class Hook implements DirectoryHook {
                private static final java.util.concurrent.Semaphore spinner = new java.util.concurrent.Semaphore(1);

                public Entity entityUpdate(Entity entity, Change<Entity> change) {
                    Mood.calls.incrementAndGet();
                    switch (Mood.now) {
                        case "hang" -> whileIn("hang");
                        case "sleep" -> sleep();
                        case "spin" -> spin();
                        case "error" -> throw new StackOverflowError();
                        case "fail" -> throw new IllegalStateException("not now");
                        case "refuse" -> throw new Refusal("moody", "Not today.");
                        case "flood" -> flood();
                        case "null" -> { return null; }
                        case "other" -> { return Entity.named("mallory"); }
                        case "renumber" -> { return entity.withNumber(1); }
                        case "capabilities" -> { return entity.withCapabilities(Set.of(Capability.GLOBAL_ROOT)); }
                        case "huge" -> { return entity.withKv("k", List.of("x".repeat(50_000_000))); }
                        default -> { }
                    }
                    return entity;
                }

                private static void whileIn(String mood) {
                    while (Mood.now.equals(mood)) {
                        try {
                            Thread.sleep(20);
                        } catch (InterruptedException deaf) {
                            continue;
                        }
                    }
                }

                /** Hangs too, but heeds whoever interrupts it. */
                private static void sleep() {
                    try {
                        Thread.sleep(600_000);
                    } catch (InterruptedException late) {
                        throw new IllegalStateException("interrupted");
                    }
                }

                /** One call spins; more would take the processors from other tests. */
                private static void spin() {
                    if (spinner.tryAcquire()) {
                        while (Mood.now.equals("spin")) {
                            Thread.onSpinWait();
                        }
                        spinner.release();
                    } else {
                        whileIn("spin");
                    }
                }

                private static void flood() {
                    for (int i = 0; i < 100; i++) {
                        Thread thread = new Thread(() -> whileIn("flood"), "moody-" + i);
                        thread.setDaemon(true);
                        thread.start();
                    }
                }
            }
            """;

    private static final String DIAL = """
            @Component(property = "latchkey.mount=moody")
            public final class Dial implements Endpoint {
                public Response handle(Request request) {
                    for (String mood : request.query("mood")) {
                        Mood.calls.set(0);
                        Mood.now = mood;
                    }
                    return Response.text(200, String.valueOf(Mood.calls.get()));
                }
            }
            """;

    private final Server server;
    private final Http root;

    public Moody(Server server) {
        this.server = server;
        this.root = server.root();
    }

    private static Path jar() {
        return PluginJar.named(PLUGIN)
                .source("Mood", MOOD)
                .source("Hook", HOOK_SOURCE)
                .source("Dial", DIAL)
                .build();
    }

    /** Deploys it, unless it is there, and waits until it has served its probation and works. */
    public void deploy() {
        if (root.state(PLUGIN).isEmpty()) {
            server.deploy(jar());
        }
        await(10, () -> root.isProven(PLUGIN));
        root.post("/api/v1/entities", Map.of("id", "patient"));
        be("fine");
        release();
        await(10, () -> update("patient").status() == 204);
    }

    /** Changes how its hook behaves, and counts the calls anew. */
    public void be(String mood) {
        server.http().get("/moody/?mood=" + mood);
    }

    /** How many calls have entered its hook since its last change of mood. */
    public int calls() {
        return Integer.parseInt(server.http().get("/moody/").body());
    }

    /** Changes an entity, which takes the hook's consent. */
    public Http.Answer update(String entity) {
        return root.put("/api/v1/entities/" + entity + "/kv/room", Map.of("value", "12"));
    }

    public Http.Answer quarantine(String reason) {
        return root.post("/api/v1/hooks/" + HOOK + "/quarantine", Map.of("reason", reason));
    }

    public Http.Answer release() {
        return root.send("POST", "/api/v1/hooks/" + HOOK + "/release");
    }

    /** The state of its hook, as the operator sees it. */
    public String state() {
        return hook("state");
    }

    public String reason() {
        return hook("reason");
    }

    private String hook(String member) {
        for (var point : root.get("/api/v1/hooks").json().path("points")) {
            for (var link : point.path("chain")) {
                if (link.path("name").asText().equals(HOOK)) {
                    return link.path(member).asText();
                }
            }
        }
        return "";
    }
}

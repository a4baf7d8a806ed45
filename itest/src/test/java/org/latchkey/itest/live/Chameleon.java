package org.latchkey.itest.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import org.latchkey.itest.server.PluginJar;

/** A plugin compiled once, whose jars differ in what their manifest tells it to be: its tag and its manners. */
public final class Chameleon {

    /** What both do. Endless is as long as the server may judge: then the processor is needed for other tests. */
    private static final String WAYS =
            """
            final class Ways {
                static final String TAG = header("Example-Tag");
                private static final String MANNER = header("Example-Manner");
                private static final long ENDLESS_MILLIS = 8_000;
                private static final atomic.AtomicLong calls = new atomic.AtomicLong();
                private static final atomic.AtomicBoolean spins = new atomic.AtomicBoolean();

                private static String header(String name) {
                    return org.osgi.framework.FrameworkUtil.getBundle(Ways.class).getHeaders().get(name);
                }

                static Optional<String> health() {
                    return MANNER.equals("self_check_red") ? Optional.of("the queue is full") : Optional.empty();
                }

                static void activator() {
                    switch (MANNER) {
                        case "activator_throws" -> throw new IllegalStateException("no licence");
                        case "activator_hangs" -> sleep(600_000);
                        case "activation_loops" -> loop();
                        default -> { }
                    }
                }

                static void component() {
                    if (MANNER.equals("component_hangs")) {
                        sleep(600_000);
                    }
                }

                static void call() {
                    long call = calls.getAndIncrement();
                    switch (MANNER) {
                        case "three_of_ten_calls_fail" -> {
                            if (call % 10 == 1 || call % 10 == 4 || call % 10 == 7) {
                                throw new IllegalStateException("not now");
                            }
                        }
                        case "two_seconds_late" -> sleep(2_000);
                        case "leaks_a_thread_per_call" -> {
                            Thread leak = new Thread(() -> sleep(600_000), "leaky-" + call);
                            leak.setDaemon(true);
                            leak.start();
                        }
                        case "calls_loop" -> loop();
                        default -> { }
                    }
                }

                private static void loop() {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENDLESS_MILLIS);
                    boolean alone = spins.compareAndSet(false, true);
                    while (System.nanoTime() < end) {
                        if (alone) {
                            Thread.onSpinWait();
                        } else {
                            Thread.interrupted();
                            locks.LockSupport.parkNanos(1_000_000_000);
                        }
                    }
                }

                static void sleep(long millis) {
                    try {
                        Thread.sleep(millis);
                    } catch (InterruptedException ended) {
                        throw new IllegalStateException("interrupted");
                    }
                }
            }
            """.replace(" atomic.", " java.util.concurrent.atomic.").replace(" locks.", " java.util.concurrent.locks.");

    private static final String ACTIVATOR = """
            public final class Activator implements org.osgi.framework.BundleActivator {
                public void start(org.osgi.framework.BundleContext context) { Ways.activator(); }
                public void stop(org.osgi.framework.BundleContext context) { }
            }
            """;

    private static final String CHECK = """
            @Component
            public final class Check implements SelfCheck {
                public Optional<String> fault() { return Ways.health(); }
            }
            """;

    private static final String PAGE = """
            @Component(property = "latchkey.mount=page")
            public final class Page implements Endpoint {
                private volatile boolean closed;
                @Activate public Page() { Ways.component(); }
                @Deactivate void close() { closed = true; }
                public Response handle(Request request) {
                    Ways.call();
                    request.query("millis").forEach(millis -> Ways.sleep(Long.parseLong(millis)));
                    return Response.text(closed ? 500 : 200, closed ? "closed" : Ways.TAG);
                }
            }
            """;

    private static final String POLICY = """
            @Component
            public final class Policy implements DirectoryHook {
                private volatile boolean closed;
                @Activate public Policy() { Ways.component(); }
                @Deactivate void close() { closed = true; }
                public Entity entityUpdate(Entity entity, Change<Entity> change) {
                    List<String> trail = entity.kv().get("trail");
                    if (trail == null) {
                        return entity;
                    }
                    Ways.call();
                    if (closed) {
                        throw new IllegalStateException("closed");
                    }
                    List<String> longer = new ArrayList<>(trail);
                    longer.add(Ways.TAG);
                    return entity.withKv("trail", longer);
                }
            }
            """;

    private final String symbolicName;
    private final Path base;

    private Chameleon(String symbolicName, PluginJar jar) {
        this.symbolicName = symbolicName;
        this.base = jar.source("Ways", WAYS)
                .source("Activator", ACTIVATOR)
                .source("Check", CHECK)
                .header("Bundle-Activator", symbolicName + ".Activator")
                .build();
    }

    /** Answers its tag at {@code /page/}, after {@code ?millis=}. */
    public static Chameleon page() {
        String name = "org.example.page";
        return new Chameleon(name, PluginJar.named(name).source("Page", PAGE));
    }

    /** A hook that adds its tag to the values of the key {@code trail} whenever an entity is updated. */
    public static Chameleon policy() {
        String name = "org.example.policy";
        return new Chameleon(name, PluginJar.named(name).source("Policy", POLICY));
    }

    public String symbolicName() {
        return symbolicName;
    }

    public Path jar(String version, String tag, Manner manner) {
        return jar(version, tag, manner, Map.of());
    }

    /** A jar of that version with more headers. */
    public Path jar(String version, String tag, Manner manner, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Bundle-Version", version);
        all.put("Example-Tag", tag);
        all.put("Example-Manner", manner.header());
        if (manner == Manner.DOES_NOT_RESOLVE) {
            all.put("Import-Package", imports() + ",org.acme.missing;version=\"[1.2,2)\"");
        }
        return PluginJar.changed(base, all);
    }

    private String imports() {
        try (JarFile jar = new JarFile(base.toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Import-Package");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

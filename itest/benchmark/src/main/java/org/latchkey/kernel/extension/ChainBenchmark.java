package org.latchkey.kernel.extension;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Link;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * What it costs to lead a value through twelve hooks that do nothing: registered by bundles in a real
 * framework, held for the transaction, called within their deadlines. Beside it the same hooks in a plain
 * array.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChainBenchmark {

    /** Twelve classes of hook, as twelve plugins have, so that no call site is special. */
    @Param("12")
    public int hooks;

    private final Entity entity = Entity.named("alice");
    private final Change<Entity> change =
            new Change<>(new Caller("root", Set.of(), "r", "local", false), Optional.empty(), Optional.empty());
    private DirectoryHook[] plain;
    private Framework framework;
    private Watchdog watchdog;
    private Point<DirectoryHook> point;

    @Setup
    public void open() throws IOException, BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        Files.createTempDirectory("bench").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.latchkey.api;version=1.0.0,org.latchkey.api.extension;version=1.0.0"));
        framework.start();
        plain = Hooks.some(hooks);
        for (int i = 0; i < hooks; i++) {
            bundle("org.example.hook" + i)
                    .getBundleContext()
                    .registerService(DirectoryHook.class, plain[i], new Hashtable<>());
        }
        AtomicReference<Runnable> tick = new AtomicReference<>(() -> {});
        watchdog = new Watchdog(() -> tick.get().run());
        point = new Point<>(framework.getBundleContext(), DirectoryHook.class, watchdog, new AsShipped());
        tick.set(point::tick);
        point.open();
    }

    /** Deadline, bulkhead and quarantine as a server has them. */
    private static final class AsShipped implements Point.Rules {

        private static final long DEADLINE = TimeUnit.MILLISECONDS.toNanos(500);

        @Override
        public Traits traits(ServiceReference<?> reference, String name) {
            return new Traits(Traits.info(reference, name, ""), Set.of(), DEADLINE);
        }

        @Override
        public Guard guard(Slot<?> slot) {
            Quarantine quarantine = new Quarantine(() -> TimeUnit.SECONDS.toNanos(30), reason -> {});
            return new Guard(new Bulkhead(16, DEADLINE), quarantine, DEADLINE);
        }

        @Override
        public boolean admits(Bundle bundle) {
            return true;
        }

        @Override
        public List<Requirement> requirements(String name) {
            return List.of();
        }
    }

    private Bundle bundle(String name) throws BundleException, IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        BundleContext context = framework.getBundleContext();
        Bundle bundle = context.installBundle("deploy:" + name, new ByteArrayInputStream(jar.toByteArray()));
        bundle.start();
        return bundle;
    }

    @TearDown
    public void close() throws BundleException, InterruptedException {
        point.close();
        watchdog.close();
        framework.stop();
        framework.waitForStop(5000);
    }

    @Benchmark
    public Entity chain() {
        Entity value = entity;
        try (Chain<DirectoryHook> chain = point.enter()) {
            for (Link<DirectoryHook> link : chain.links()) {
                Entity given = value;
                value = link.call(hook -> hook.entityCreate(given, change));
            }
        }
        return value;
    }

    @Benchmark
    public Entity plainArray() {
        Entity value = entity;
        for (DirectoryHook hook : plain) {
            value = hook.entityCreate(value, change);
        }
        return value;
    }
}

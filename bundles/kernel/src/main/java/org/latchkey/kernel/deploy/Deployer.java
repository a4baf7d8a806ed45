package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.kernel.PluginCheck;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.api.service.DirectoryWriter;
import org.latchkey.api.store.Store;
import org.latchkey.kernel.extension.Points;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.JarReader;
import org.latchkey.kernel.jar.Rejection;
import org.latchkey.kernel.why.Why;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the deploy directory for as long as the server runs. Starts when the rest of the server is up,
 * and registers the condition {@code latchkey.ready} once the plugins that lie there have been dealt with.
 * In safe mode it deploys nothing.
 */
@Component(
        service = {Plugins.class, HealthCheck.class},
        immediate = true,
        configurationPid = "latchkey.deployer")
@Designate(ocd = Deployer.Config.class)
public final class Deployer implements Plugins, HealthCheck {

    @ObjectClassDefinition(name = "Latchkey deployer", description = "How the deploy directory is watched.")
    public @interface Config {
        @AttributeDefinition(name = "Poll", description = "Time between two looks, in milliseconds.")
        long pollMillis() default 100;

        @AttributeDefinition(
                name = "Settle",
                description = "How long a half-written jar may pause before it is taken for broken, in milliseconds.")
        long settleMillis() default 5000;

        @AttributeDefinition(name = "Start", description = "How long a plugin may take to start, in seconds.")
        long startSeconds() default 10;
    }

    private static final Logger log = LoggerFactory.getLogger(Deployer.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How long plugins wait for the store at the start; without one they come all the same, to be managed. */
    private static final long STORE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BundleContext context;
    private final Points points;
    private final long pollNanos;
    private final DeployFolder folder;
    private final Deployment deployment;
    private final Why why;
    private final Thread thread = new Thread(this::run, "latchkey-deployer");
    private volatile boolean closed;
    private volatile Optional<String> fault = Optional.empty();

    @Activate
    public Deployer(
            BundleContext context, @Reference Points points, @Reference ServiceComponentRuntime runtime, Config config)
            throws IOException {
        this.context = context;
        this.points = points;
        this.pollNanos = Math.max(LOOK_NANOS, TimeUnit.MILLISECONDS.toNanos(config.pollMillis()));
        Path path = Path.of(context.getProperty("latchkey.deploy"));
        Files.createDirectories(path);
        this.folder = new DeployFolder(path, Duration.ofMillis(config.settleMillis()));
        this.why = new Why(context, points, folder::jars);
        this.deployment = new Deployment(
                context,
                folder,
                new Installer(
                        context, points, new ComponentFailures(runtime), Duration.ofSeconds(config.startSeconds())),
                points,
                new Rejects(path),
                new GoodJars(Path.of(context.getProperty("latchkey.data"))));
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        closed = true;
        LockSupport.unpark(thread);
        thread.join(TimeUnit.SECONDS.toMillis(1));
    }

    private void run() {
        awaitFramework();
        boolean safeMode = Boolean.parseBoolean(context.getProperty("latchkey.safe.mode"));
        if (!closed && !safeMode) {
            pass(() -> deployment.begin(folder.firstLook()));
        }
        boolean ready = false;
        for (long looks = 1; !closed; looks++) {
            if (!ready && isHealthy()) {
                ready = true;
                Dictionary<String, Object> id = new Hashtable<>(Map.of(Condition.CONDITION_ID, "latchkey.ready"));
                context.registerService(Condition.class, Condition.INSTANCE, id);
            }
            LockSupport.parkNanos(ready ? pollNanos : LOOK_NANOS);
            if (!safeMode && (ready || looks % (pollNanos / LOOK_NANOS) == 0)) {
                pass(() -> deployment.reconcile(folder.look()));
            }
        }
    }

    /** Plugins come last: what they refer to is there then, and no change is made before they have a say in it. */
    private void awaitFramework() {
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        await(() -> framework.getState() == Bundle.ACTIVE);
        long start = System.nanoTime();
        await(() -> context.getServiceReference(Store.class) != null || System.nanoTime() - start > STORE_NANOS);
    }

    /** Ready is what can work: every part of the server says that it is well. */
    private boolean isHealthy() {
        return context.getServiceReference(DirectoryWriter.class) != null
                && points.of(HealthCheck.class).links().stream()
                        .filter(link -> link.info().core())
                        .allMatch(link -> link.call(HealthCheck::fault).isEmpty());
    }

    private void await(BooleanSupplier condition) {
        while (!closed && !condition.getAsBoolean()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private interface Pass {
        void run() throws IOException;
    }

    /** A directory that cannot be read or written is a fault that may pass; what runs goes on. */
    private void pass(Pass pass) {
        try {
            pass.run();
            fault = Optional.empty();
        } catch (IOException unreadable) {
            String reason = "the deploy directory: " + unreadable;
            if (!fault.equals(Optional.of(reason))) {
                log.atError().setCause(unreadable).log("cannot work on the deploy directory");
            }
            fault = Optional.of(reason);
        } catch (IllegalStateException stopping) {
            log.atDebug().setCause(stopping).log("the framework is stopping");
            closed |= context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() != Bundle.ACTIVE;
        }
    }

    @Override
    public String name() {
        return "deployer";
    }

    @Override
    public Optional<String> fault() {
        return fault;
    }

    @Override
    public List<PluginInfo> list() {
        try {
            return deployment.list();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public PluginInfo install(InputStream content) throws IOException {
        Path staging = Files.createDirectories(folder.path().resolve(".staging"));
        Path staged = Files.createTempFile(staging, "upload", ".jar");
        try {
            Files.copy(content, staged, StandardCopyOption.REPLACE_EXISTING);
            return new Upload(deployment, folder).accept(JarReader.read(staged));
        } catch (Rejection rejection) {
            throw new Refusal("plugin-rejected", rejection.getMessage());
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    @Override
    public void remove(String symbolicName) throws IOException {
        List<Jar> jars = deployment.jarsOf(symbolicName);
        if (jars.isEmpty()) {
            throw Refusal.notFound("plugin", symbolicName);
        }
        for (Jar jar : jars) {
            Files.deleteIfExists(jar.file());
            folder.forget(jar.file());
        }
        deployment.reconcile(Map.of());
    }

    @Override
    public PluginInfo rollback(String symbolicName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void disable(String symbolicName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginInfo enable(String symbolicName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginCheck check(InputStream jar) throws IOException {
        return why.check(jar);
    }
}

package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
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
import org.latchkey.kernel.jar.JarChecks;
import org.latchkey.kernel.jar.JarReader;
import org.latchkey.kernel.jar.Rejection;
import org.latchkey.kernel.jar.Trust;
import org.latchkey.kernel.why.Why;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
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

        @AttributeDefinition(
                name = "Bake",
                description =
                        "How long a new revision serves on probation, in milliseconds; 0 for not at all. A jar that was found sound before is not on probation.")
        long bakeMillis() default 10_000;

        @AttributeDefinition(
                name = "Leaks",
                description =
                        "How long after the last removal the server looks whether classes were left behind, in seconds; 0 for never.")
        long leakSeconds() default 30;
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
    private final Disabled disabled;
    private final Leftovers leftovers;
    private final ByHand byHand;
    private final JarChecks checks;
    private final Why why;
    private final boolean safeMode;
    private final Thread thread = new Thread(this::run, "latchkey-deployer");
    private volatile boolean closed;
    private volatile Optional<String> fault = Optional.empty();

    @Activate
    public Deployer(
            BundleContext context,
            @Reference Points points,
            @Reference ServiceComponentRuntime runtime,
            @Reference JarChecks checks,
            @Reference Trust trust,
            Config config)
            throws IOException {
        this.context = context;
        this.points = points;
        this.safeMode = Boolean.parseBoolean(context.getProperty("latchkey.safe.mode"));
        this.pollNanos = Math.max(LOOK_NANOS, TimeUnit.MILLISECONDS.toNanos(config.pollMillis()));
        Path path = Path.of(context.getProperty("latchkey.deploy"));
        Files.createDirectories(path);
        this.folder = new DeployFolder(path, Duration.ofMillis(config.settleMillis()));
        this.disabled = new Disabled(path);
        this.leftovers = new Leftovers(Duration.ofSeconds(config.leakSeconds()));
        Rejects rejects = new Rejects(path);
        GoodJars goodJars = new GoodJars(Path.of(context.getProperty("latchkey.data")), path);
        StateOfPlugins states = new StateOfPlugins(context);
        Installer installer =
                new Installer(context, points, new ComponentFailures(runtime), states, goodJars::isProven);
        Retirement retirement = new Retirement(points, installer, leftovers);
        this.deployment = new Deployment(
                folder,
                rejects,
                goodJars,
                new Trials(
                        checks,
                        goodJars,
                        installer,
                        Duration.ofSeconds(config.startSeconds()),
                        () -> LockSupport.unpark(thread)),
                new Succession(
                        points,
                        installer,
                        retirement,
                        leftovers,
                        goodJars,
                        states,
                        trust,
                        Duration.ofMillis(config.bakeMillis())),
                safeMode);
        this.byHand = new ByHand(deployment, folder, goodJars, rejects, disabled, trust);
        this.checks = checks;
        this.why = new Why(
                context,
                points,
                folder::jars,
                name -> deployment.place(name).map(place -> place.serving().bundle()),
                checks,
                states);
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
        forgetTheCache();
        if (!closed) {
            pass(() -> deployment.reconcile(folder.firstLook()));
        }
        boolean ready = false;
        long nextPass = System.nanoTime();
        while (!closed) {
            if (!ready && !deployment.isComingUp() && isHealthy()) {
                ready = true;
                Dictionary<String, Object> id = new Hashtable<>(Map.of(Condition.CONDITION_ID, "latchkey.ready"));
                context.registerService(Condition.class, Condition.INSTANCE, id);
            }
            LockSupport.parkNanos(ready && !deployment.isComingUp() ? pollNanos : LOOK_NANOS);
            if (deployment.isBusy() || System.nanoTime() - nextPass >= 0) {
                nextPass = System.nanoTime() + pollNanos;
                pass(() -> deployment.reconcile(folder.look()));
                leftovers.look();
            }
        }
    }

    /** What the bundle cache still has of plugins is installed anew, from the deploy directory alone. */
    private void forgetTheCache() {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(Jar.LOCATION)) {
                try {
                    bundle.uninstall();
                } catch (BundleException failed) {
                    log.atWarn().setCause(failed).log("a plugin of the last run did not go cleanly");
                }
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
            List<PluginInfo> all = new ArrayList<>(deployment.list());
            all.addAll(disabled.list());
            return List.copyOf(all);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public PluginInfo install(InputStream content) throws IOException {
        refuseInSafeMode();
        return staged(content, jar -> new Upload(deployment, folder, checks).accept(jar));
    }

    private interface Use<R> {
        R of(Jar staged) throws IOException, Rejection;
    }

    private <R> R staged(InputStream content, Use<R> use) throws IOException {
        Path staging = Files.createDirectories(folder.path().resolve(".staging"));
        Path staged = Files.createTempFile(staging, "upload", ".jar");
        try {
            Files.copy(content, staged, StandardCopyOption.REPLACE_EXISTING);
            return use.of(JarReader.read(staged));
        } catch (Rejection rejection) {
            throw new Refusal("plugin-rejected", rejection.getMessage());
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    private void refuseInSafeMode() {
        if (safeMode) {
            throw Refusal.of(
                    Refusal.Kind.UNAVAILABLE,
                    "safe-mode",
                    "In safe mode nothing runs but the core; restart without it.");
        }
    }

    @Override
    public void remove(String symbolicName) throws IOException {
        byHand.remove(symbolicName);
    }

    @Override
    public PluginInfo rollback(String symbolicName) throws IOException {
        refuseInSafeMode();
        return byHand.rollBack(symbolicName);
    }

    @Override
    public void disable(String symbolicName) throws IOException {
        byHand.disable(symbolicName);
    }

    @Override
    public PluginInfo enable(String symbolicName) throws IOException {
        refuseInSafeMode();
        return byHand.enable(symbolicName);
    }

    @Override
    public PluginCheck check(InputStream jar) throws IOException {
        return why.check(jar);
    }
}

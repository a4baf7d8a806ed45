package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.service.DirectoryWriter;
import org.latchkey.api.store.Store;
import org.latchkey.kernel.extension.Points;
import org.latchkey.kernel.jar.Jar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the deploy directory again and again, on a thread of its own: when the rest of the server is up,
 * and then for as long as it runs. Registers the condition {@code latchkey.ready} once the plugins that lay
 * there at the start have been dealt with and every part of the server is well.
 */
final class DeployLoop {

    private static final Logger log = LoggerFactory.getLogger(DeployLoop.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How long plugins wait for the store at the start; without one they come all the same, to be managed. */
    private static final long STORE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BundleContext context;
    private final Points points;
    private final DeployFolder folder;
    private final Deployment deployment;
    private final Leftovers leftovers;
    private final Supplier<Duration> poll;
    private final Thread thread = new Thread(this::run, "latchkey-deployer");
    private volatile boolean closed;
    private volatile Optional<String> fault = Optional.empty();
    private String reported = "";

    DeployLoop(
            BundleContext context,
            Points points,
            DeployFolder folder,
            Deployment deployment,
            Leftovers leftovers,
            Supplier<Duration> poll) {
        this.context = context;
        this.points = points;
        this.folder = folder;
        this.deployment = deployment;
        this.leftovers = leftovers;
        this.poll = poll;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Something may have ended that the next look would find. */
    void wake() {
        LockSupport.unpark(thread);
    }

    void close() throws InterruptedException {
        closed = true;
        wake();
        thread.join(TimeUnit.SECONDS.toMillis(1));
    }

    /** Why the deploy directory cannot be worked on, or nothing. */
    Optional<String> fault() {
        return fault;
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
            LockSupport.parkNanos(ready && !deployment.isComingUp() ? poll.get().toNanos() : LOOK_NANOS);
            if (deployment.isBusy() || System.nanoTime() - nextPass >= 0) {
                nextPass = System.nanoTime() + poll.get().toNanos();
                pass(() -> deployment.reconcile(folder.look()));
                leftovers.look();
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

    private void await(BooleanSupplier condition) {
        while (!closed && !condition.getAsBoolean()) {
            LockSupport.parkNanos(LOOK_NANOS);
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

    /** Ready is what can work: every part of the server says that it is well. */
    private boolean isHealthy() {
        return context.getServiceReference(DirectoryWriter.class) != null
                && points.of(HealthCheck.class).links().stream()
                        .filter(link -> link.info().core())
                        .filter(link ->
                                !Boolean.FALSE.equals(link.info().properties().get(HealthCheck.READINESS)))
                        .allMatch(link -> link.call(HealthCheck::fault).isEmpty());
    }

    private interface Pass {
        void run() throws IOException;
    }

    /** A directory that cannot be read or written is a fault that may pass; what runs goes on. */
    private void pass(Pass pass) {
        try {
            pass.run();
            reported = "";
            fault = Optional.empty();
        } catch (IOException unreadable) {
            report("the deploy directory: " + unreadable, unreadable);
        } catch (IllegalStateException stopping) {
            if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE) {
                report("a bug of the deployer: " + stopping, stopping);
            } else {
                closed = true;
            }
        }
    }

    /** The log says more than whoever asks for the server's health may know. */
    private void report(String reason, Exception cause) {
        if (!reason.equals(reported)) {
            log.atError().addKeyValue("reason", reason).setCause(cause).log("cannot work on the deploy directory");
        }
        reported = reason;
        fault = Optional.of("The deploy directory cannot be worked on; the log says why.");
    }
}

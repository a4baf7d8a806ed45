package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.kernel.extension.Points;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.Rejection;
import org.latchkey.kernel.why.Preflight;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a jar a started bundle whose extensions are activated but not yet seen, or undoes it all. */
final class Installer {

    private static final Logger log = LoggerFactory.getLogger(Installer.class);
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final BundleContext context;
    private final Points points;
    private final ComponentFailures failures;
    private final StateOfPlugins states;
    private final Preflight preflight;
    private final Predicate<Jar> proven;
    private final AtomicInteger count = new AtomicInteger();

    Installer(
            BundleContext context,
            Points points,
            ComponentFailures failures,
            StateOfPlugins states,
            Predicate<Jar> proven) {
        this.context = context;
        this.points = points;
        this.failures = failures;
        this.states = states;
        this.proven = proven;
        this.preflight = new Preflight(context);
    }

    /**
     * Installs, starts and asks the jar beside whatever runs; leaves nothing behind if that fails.
     *
     * @param group that its threads are to belong to
     */
    Revision bringUp(Jar jar, Life life, ThreadGroup group) throws IOException, Rejection {
        preflight.refuse(jar);
        Bundle bundle = installed(jar);
        try {
            states.refuseDowngrade(bundle);
            resolve(bundle);
            start(bundle);
            List<String> extensions = activate(bundle);
            if (!proven.test(jar)) {
                refuseUnsound(bundle);
            }
            life.advance(Stage.HELD);
            return new Revision(
                    jar,
                    life,
                    bundle,
                    extensions,
                    new Traces(group, bundle.adapt(BundleWiring.class).getClassLoader()));
        } catch (Rejection rejection) {
            uninstall(bundle);
            throw rejection;
        }
    }

    /** The same content may be there already, on its way out; this is another revision all the same. */
    private Bundle installed(Jar jar) throws IOException, Rejection {
        String location = context.getBundle(jar.location()) == null
                ? jar.location()
                : jar.location() + "#" + count.incrementAndGet();
        try (InputStream content = Files.newInputStream(jar.file())) {
            return context.installBundle(location, content);
        } catch (BundleException refused) {
            throw new Rejection("It cannot be installed: " + refused.getMessage());
        }
    }

    private void resolve(Bundle bundle) throws Rejection {
        FrameworkWiring wiring =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        if (!wiring.resolveBundles(List.of(bundle))) {
            throw new Rejection("The framework does not resolve it, though nothing it requires is missing.");
        }
    }

    private static void start(Bundle bundle) throws Rejection {
        try {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException failed) {
            throw new Rejection("It failed to start: " + root(failed));
        }
    }

    private List<String> activate(Bundle bundle) throws Rejection {
        try {
            List<String> extensions = points.activate(bundle);
            Optional<String> failure = failures.of(bundle);
            if (failure.isPresent()) {
                throw new Rejection(failure.get());
            }
            return extensions;
        } catch (PluginFault fault) {
            throw new Rejection(failures.of(bundle).orElse(fault.getMessage()));
        }
    }

    /** Not asked of a jar that was found sound before: at a start, what it relies on may not be up yet. */
    private void refuseUnsound(Bundle bundle) throws Rejection {
        Optional<String> fault;
        try {
            fault = points.selfCheck(bundle);
        } catch (PluginFault failed) {
            throw new Rejection("Its self-check failed: " + root(failed) + ".");
        }
        if (fault.isPresent()) {
            throw new Rejection("Its self-check says: " + fault.get());
        }
    }

    static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName()
                + Optional.ofNullable(root.getMessage())
                        .map(message -> ": " + message)
                        .orElse("");
    }

    /** What went wrong in a plugin since it serves, or the empty text. */
    String fault(Revision revision) {
        return failures.of(revision.bundle()).orElse("");
    }

    /** Stops the bundle and lets its class loader go. */
    void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException failed) {
            log.atWarn()
                    .addKeyValue("plugin", bundle.getSymbolicName())
                    .setCause(failed)
                    .log("did not stop cleanly");
        } catch (IllegalStateException gone) {
            log.atDebug().addKeyValue("plugin", bundle.getSymbolicName()).log("uninstalled already");
        }
        refresh(bundle);
        JacksonTypeCache.clear();
    }

    private void refresh(Bundle bundle) {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> {
                    if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                        refreshed.countDown();
                    }
                });
        try {
            if (!refreshed.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn().addKeyValue("plugin", bundle.getSymbolicName()).log("its classes are still wired");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

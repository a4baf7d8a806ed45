package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private final Preflight preflight;
    private final Duration startTime;

    Installer(BundleContext context, Points points, ComponentFailures failures, Duration startTime) {
        this.context = context;
        this.points = points;
        this.failures = failures;
        this.startTime = startTime;
        this.preflight = new Preflight(context);
    }

    /** Installs and starts the jar beside whatever runs; leaves nothing behind if that fails. */
    Revision install(Jar jar) throws IOException, Rejection {
        preflight.refuse(jar);
        Bundle bundle = installed(jar);
        try {
            resolve(bundle);
            start(bundle);
            return new Revision(jar, bundle, activate(bundle));
        } catch (Rejection rejection) {
            uninstall(bundle);
            throw rejection;
        }
    }

    private Bundle installed(Jar jar) throws IOException, Rejection {
        try (InputStream content = Files.newInputStream(jar.file())) {
            return context.installBundle(jar.location(), content);
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

    private void start(Bundle bundle) throws Rejection {
        FutureTask<Void> start = new FutureTask<>(() -> {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            return null;
        });
        Thread starter = new Thread(start, "latchkey-start-" + bundle.getSymbolicName());
        starter.setDaemon(true);
        starter.start();
        try {
            start.get(startTime.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hangs) {
            starter.interrupt();
            throw new Rejection("It did not start within " + startTime.toSeconds() + " s.");
        } catch (ExecutionException failed) {
            throw new Rejection("It failed to start: " + root(failed));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Rejection("The server is stopping.");
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

    private static String root(Throwable failure) {
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

    /** Stops the bundle, which waits for its calls in flight, and lets its class loader go. */
    void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException failed) {
            log.atWarn()
                    .addKeyValue("plugin", bundle.getSymbolicName())
                    .setCause(failed)
                    .log("did not stop cleanly");
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

package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;
import org.osgi.util.tracker.ServiceTracker;

/** One life of the framework: from a cache on disk to running bundles to all of them stopped. */
final class Server {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Framework framework;
    private final BundleCache cache;
    private final SystemBundles bundles;

    /** Config Admin's memory: without it, a file that left {@code etc/} while the server was down is forgotten. */
    private final DisposableTree configurations;

    /** Felix forgets a stop that comes while it starts; so the one waits for the other. */
    private final ReentrantLock change = new ReentrantLock();

    private boolean ended;
    private final Map<Bundle, Throwable> failures = new ConcurrentHashMap<>();

    /** Takes the framework properties and the bundles that shall run. */
    Server(Map<String, String> properties, SystemBundles bundles) {
        Map<String, Object> configuration = new HashMap<>(properties);
        configuration.put(FelixConstants.LOG_LOGGER_PROP, new FrameworkLog());
        this.framework = new Felix(configuration);
        this.bundles = bundles;
        this.configurations = new DisposableTree(Path.of(properties.get("felix.cm.dir")));
        this.cache = new BundleCache(Path.of(properties.get("org.osgi.framework.storage")));
    }

    /**
     * Opens the cache, fills it with the bundles if it does not hold them as they are now, and starts the framework
     * and with it the bundles; refused, with the reason, if one of them does not run in the end.
     */
    void start(Path features, Logging logging) throws InterruptedException {
        change.lock();
        try {
            if (ended) {
                return;
            }
            configurations.delete();
            cache.dropIfHalfMade();
            framework.init();
            BundleContext context = framework.getBundleContext();
            cache.fill(context, features, bundles);
            announceHttps(context);
            logging.await();
            context.addFrameworkListener(this::remember);
            new ServiceLog(context).open();
            framework.start();
            bundles.notRunning(context).ifPresent(this::refuse);
        } catch (BundleException | IOException broken) {
            throw new StartRefused("the framework did not start: " + broken.getMessage(), broken);
        } finally {
            change.unlock();
        }
    }

    /** Wakes the part that serves HTTPS; without, not a class of it is loaded. */
    private void announceHttps(BundleContext context) {
        if (context.getProperty("latchkey.https.port") != null) {
            Dictionary<String, Object> id = new Hashtable<>(Map.of(Condition.CONDITION_ID, "latchkey.https.wanted"));
            context.registerService(Condition.class, Condition.INSTANCE, id);
        }
    }

    private void remember(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            failures.putIfAbsent(event.getBundle(), event.getThrowable());
        }
    }

    private void refuse(Bundle bundle) {
        Throwable failure = failures.get(bundle);
        String reason = failure == null ? "the framework gives no reason" : String.valueOf(failure.getMessage());
        throw new StartRefused(
                SystemBundles.fileName(bundle) + " did not start: " + reason.replaceFirst(" Unresolved req.*", ""),
                failure);
    }

    /**
     * Waits for the service {@link Condition} of this id.
     *
     * @return false if it does not come in time, or the framework stops
     */
    boolean awaitCondition(String id, Duration limit) throws InterruptedException {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            return false;
        }
        try {
            ServiceTracker<Condition, Condition> conditions = new ServiceTracker<>(context, condition(id), null);
            conditions.open();
            long end = System.nanoTime() + limit.toNanos();
            while (framework.getState() == Bundle.ACTIVE && System.nanoTime() < end) {
                if (conditions.waitForService(LOOK.toMillis()) != null) {
                    return true;
                }
            }
            return false;
        } catch (IllegalStateException stopped) {
            return false;
        }
    }

    /**
     * Waits for the {@link Condition} of this id and gives its property {@code latchkey.fault}.
     *
     * @return empty text if there is no fault; nothing if the condition does not come in time
     */
    Optional<String> awaitVerdict(String id, Duration limit) throws InterruptedException {
        if (!awaitCondition(id, limit)) {
            return Optional.empty();
        }
        Map<String, Object> properties = propertiesOfCondition(id);
        return properties.isEmpty() ? Optional.empty() : Optional.of(String.valueOf(properties.get("latchkey.fault")));
    }

    /** The properties of a condition that is there, by which it says more; none if it is not. */
    Map<String, Object> propertiesOfCondition(String id) {
        Map<String, Object> properties = new HashMap<>();
        BundleContext context = framework.getBundleContext();
        try {
            context.getServiceReferences(Condition.class, condition(id).toString()).stream()
                    .findFirst()
                    .ifPresent(found -> List.of(found.getPropertyKeys())
                            .forEach(key -> properties.put(key, found.getProperty(key))));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalArgumentException(id, impossible);
        }
        return properties;
    }

    private static Filter condition(String id) {
        try {
            return FrameworkUtil.createFilter(
                    "(&(objectClass=" + Condition.class.getName() + ")(" + Condition.CONDITION_ID + "=" + id + "))");
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalArgumentException(id, impossible);
        }
    }

    /** Waits until the framework has stopped, whoever stopped it. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /**
     * Stops all bundles and waits for it.
     *
     * @return false if they need longer than this
     */
    boolean stop(Duration limit) throws InterruptedException {
        if (!change.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        try {
            ended = true;
            framework.stop();
            return framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        } catch (BundleException broken) {
            return false;
        } finally {
            change.unlock();
        }
    }

    void dropCache() throws IOException {
        cache.drop();
    }
}

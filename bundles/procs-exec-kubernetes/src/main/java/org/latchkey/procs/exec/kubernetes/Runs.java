package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins runs and looks at all of them at once, every now and then. When it is closed they go on without it. */
final class Runs implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    /** What has not begun after this was begun by half. */
    private static final Duration BEGINNING = Duration.ofMinutes(10);

    private final Cluster cluster;
    private final Settings settings;
    private final Clock clock;
    private final Manifests manifests;
    private final Map<Handle, Run> runs = new ConcurrentHashMap<>();
    private final AtomicInteger beginning = new AtomicInteger();
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService readers = Executors.newCachedThreadPool(this::thread);
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(this::thread);
    private volatile Optional<String> fault = Optional.empty();

    Runs(Cluster cluster, Settings settings, Clock clock) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        this.manifests = new Manifests(settings);
        looks.scheduleWithFixedDelay(this::look, 0, settings.look().toMillis(), TimeUnit.MILLISECONDS);
        looks.scheduleWithFixedDelay(this::tidy, 1, 5, TimeUnit.MINUTES);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-procs-kubernetes-" + threads.incrementAndGet());
        thread.setDaemon(true);
        // The client looks for parts of itself there.
        thread.setContextClassLoader(Runs.class.getClassLoader());
        return thread;
    }

    @Override
    public String start(org.latchkey.api.proc.Job job, Watch watch) {
        manifests.check(job);
        try {
            if (runs.size() + beginning.incrementAndGet() > settings.atOnce()) {
                throw Refusal.of(
                        Refusal.Kind.TOO_MANY,
                        "too-many-runs",
                        "More than " + settings.atOnce() + " runs at once are not allowed.");
            }
            Handle handle = cluster.begin(job, manifests);
            watch(handle, 0, watch);
            return handle.toString();
        } finally {
            beginning.decrementAndGet();
        }
    }

    private void watch(Handle handle, long lines, Watch watch) {
        Optional.ofNullable(runs.put(handle, new Run(handle, lines, watch, cluster, settings, readers)))
                .ifPresent(Run::quit);
    }

    @Override
    public void resume(String handle, org.latchkey.api.proc.Job job, long lines, Watch watch) {
        Handle.of(handle).ifPresentOrElse(each -> watch(each, lines, watch), () -> lost(watch));
    }

    private void lost(Watch watch) {
        try {
            looks.execute(() -> watch.ended(Ending.of(Ending.Kind.LOST, "This is no run of a cluster.")));
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed before it was told", e);
        }
    }

    @Override
    public void stop(String handle) {
        Handle.of(handle).ifPresent(each -> {
            try {
                cluster.end(each, Ending.Kind.STOPPED, "It was stopped.");
            } catch (KubernetesClientException e) {
                throw Refusal.of(
                        Refusal.Kind.UNAVAILABLE,
                        "executor-unavailable",
                        "The cluster does not stop it (" + Cluster.reason(e) + ").");
            }
        });
    }

    private void look() {
        // Those that are there before the cluster is asked: of a later one it may know nothing yet.
        List<Run> now = List.copyOf(runs.values());
        if (now.isEmpty()) {
            return;
        }
        try {
            Sight sight = cluster.look(
                    now.stream().map(run -> run.handle().namespace()).collect(Collectors.toSet()));
            for (Run each : now) {
                if (each.look(sight)) {
                    runs.remove(each.handle(), each);
                }
            }
            fault = Optional.empty();
        } catch (KubernetesClientException | RejectedExecutionException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        String why = e instanceof KubernetesClientException answer ? Cluster.reason(answer) : "closed";
        if (fault.isEmpty() && !looks.isShutdown()) {
            LOG.warn("The cluster cannot be looked at ({}): {}", why, e.getMessage());
        }
        fault = Optional.of("the cluster cannot be looked at: " + why);
    }

    /** What is wrong with the cluster, if it is. */
    Optional<String> fault() {
        return fault;
    }

    /** Removes what was begun by half, as when the server died. */
    void tidy() {
        try {
            Instant before = clock.instant().minus(BEGINNING);
            Stream.of(settings.namespace())
                    .flatMap(each -> cluster.look(Set.of(each)).jobs().stream())
                    .filter(job -> Boolean.TRUE.equals(job.getSpec().getSuspend()))
                    .map(Job::getMetadata)
                    .filter(job -> Instant.parse(job.getCreationTimestamp()).isBefore(before))
                    .map(Handle::of)
                    .filter(each -> !runs.containsKey(each))
                    .forEach(cluster::abandon);
        } catch (KubernetesClientException e) {
            failed(e);
        }
    }

    @Override
    public void close() {
        runs.values().forEach(Run::quit);
        looks.shutdownNow();
        readers.shutdownNow();
        try {
            looks.awaitTermination(5, TimeUnit.SECONDS);
            readers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cluster.close();
    }
}

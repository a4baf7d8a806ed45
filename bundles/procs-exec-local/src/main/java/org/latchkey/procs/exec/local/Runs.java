package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.api.proc.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins runs and looks at them; a few threads for all. When it is closed they go on without it. */
final class Runs implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int TENDING_THREADS = 2;
    private static final int TELLING_THREADS = 4;
    private static final long LOOK_MILLIS = 100;
    private static final long FAILED_MILLIS = 2000;
    private static final long TIDY_SECONDS = 60;
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Settings settings;
    private final Clock clock;
    private final Launch launch;
    private final Leftovers leftovers;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final AtomicInteger beginning = new AtomicInteger();
    private final AtomicInteger threads = new AtomicInteger();

    /** Ends what must end. */
    private final ScheduledThreadPoolExecutor tending = pool(TENDING_THREADS);

    /** Tells what runs say, and waits for whoever hears it. */
    private final ScheduledThreadPoolExecutor telling = pool(TELLING_THREADS);

    /** @throws IllegalStateException if this machine has not what it takes, or the folder cannot be made */
    Runs(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.launch = new Launch(settings);
        this.leftovers = new Leftovers(settings, clock);
        leftovers.prepare();
        tending.scheduleWithFixedDelay(this::tidy, 0, TIDY_SECONDS, TimeUnit.SECONDS);
    }

    private ScheduledThreadPoolExecutor pool(int size) {
        return new ScheduledThreadPoolExecutor(size, this::thread, new ThreadPoolExecutor.DiscardPolicy());
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-procs-local-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String start(Job job, Watch watch) {
        if (tending.isShutdown()) {
            throw unavailable("Procs are just not run here.");
        }
        if (!Handle.isId(job.id())) {
            throw Refusal.invalid("/id", "The id of an execution is of letters, digits, - and _.");
        }
        launch.check(job);
        try {
            if (runs.size() + beginning.incrementAndGet() > settings.atOnce()) {
                throw Refusal.of(
                        Refusal.Kind.TOO_MANY,
                        "too-many-runs",
                        "More than " + settings.atOnce() + " runs at once are not allowed.");
            }
            return watched(begin(job), watch);
        } finally {
            beginning.decrementAndGet();
        }
    }

    private Run begin(Job job) {
        try {
            Folder folder = Folder.create(settings.root(), job.id(), deadline(job.limit()));
            try {
                return new Run(launch.begin(job, folder), folder, settings, clock);
            } catch (IOException e) {
                folder.remove();
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "run-exists", "This execution was begun before.");
        } catch (IOException e) {
            LOG.warn("Run {} of {} cannot be begun: {}", job.id(), job.proc(), e.getMessage());
            throw unavailable("The process cannot be begun on this machine; the server's log says why.");
        }
    }

    private Instant deadline(Duration limit) {
        try {
            return clock.instant().plus(limit.compareTo(LONGEST) > 0 ? LONGEST : limit);
        } catch (DateTimeException | ArithmeticException e) {
            throw Refusal.invalid("/timeout_seconds", "It cannot run for so long.");
        }
    }

    private static Refusal unavailable(String message) {
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "executor-unavailable", message);
    }

    private String watched(Run run, Watch watch) {
        run.hear(watch, 0);
        runs.put(run.handle().toString(), run);
        look(run);
        return run.handle().toString();
    }

    @Override
    public void resume(String handle, Job job, long lines, Watch watch) {
        Optional<Run> run = known(handle);
        while (run.isPresent() && !run.get().hear(watch, lines)) {
            // It ended for somebody else just now: it is told from its folder.
            runs.remove(handle, run.get());
            run = known(handle);
        }
        if (run.isEmpty()) {
            telling.execute(
                    () -> watch.ended(Ending.of(Ending.Kind.LOST, "This machine knows nothing of this run any more.")));
        }
    }

    @Override
    public void stop(String handle) {
        known(handle).ifPresent(run -> {
            try {
                run.stop();
            } catch (IOException e) {
                throw new UncheckedIOException("run " + run.handle().id() + " cannot be stopped", e);
            }
        });
    }

    /** The run, which is looked at from now on if it was not. */
    private Optional<Run> known(String handle) {
        return Handle.of(handle)
                .flatMap(each -> {
                    Folder folder = new Folder(settings.root().resolve(each.id()));
                    return Files.isDirectory(folder.path())
                                    && folder.process().filter(each::equals).isPresent()
                            ? Optional.of(new Run(each, folder, settings, clock))
                            : Optional.empty();
                })
                .map(this::looked);
    }

    private Run looked(Run run) {
        Run first = runs.putIfAbsent(run.handle().toString(), run);
        if (first == null) {
            look(run);
        }
        return first == null ? run : first;
    }

    private void look(Run run) {
        repeat(tending, run, LOOK_MILLIS, run::tend);
        repeat(telling, run, LOOK_MILLIS, () -> {
            boolean over = run.tell();
            if (over) {
                runs.remove(run.handle().toString(), run);
            }
            return over;
        });
    }

    private interface Look {
        /** Says whether it was the last. */
        boolean isLast() throws IOException;
    }

    private static void repeat(ScheduledThreadPoolExecutor pool, Run run, long millis, Look look) {
        pool.schedule(() -> once(pool, run, look), millis, TimeUnit.MILLISECONDS);
    }

    private static void once(ScheduledThreadPoolExecutor pool, Run run, Look look) {
        long next = FAILED_MILLIS;
        try {
            next = look.isLast() ? 0 : LOOK_MILLIS;
        } catch (IOException | RuntimeException e) {
            // Whatever a program made of its folder: a run that is not looked at any more would never end.
            LOG.warn(
                    "Run {} cannot be looked at; this is tried again",
                    run.handle().id(),
                    e);
        } finally {
            if (next > 0) {
                repeat(pool, run, next, look);
            }
        }
    }

    /** Looks after what nobody asked for since this began: limits hold for it too, and what is old goes. */
    void tidy() {
        try {
            leftovers.collect(runs.values()).forEach(this::looked);
        } catch (IOException | RuntimeException e) {
            // What throws here would never be done again.
            LOG.warn("What runs left cannot be collected; this is tried again", e);
        }
    }

    @Override
    public void close() {
        tending.shutdown();
        telling.shutdown();
        try {
            if (!telling.awaitTermination(10, TimeUnit.SECONDS)) {
                telling.shutdownNow();
            }
            tending.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

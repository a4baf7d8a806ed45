package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run that somebody watches. Either what is seen of the cluster moves it on, or one thread reads what a container says;
 * never both, so that its watch hears one thing after the other.
 */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /** How long the pods of a job that is done are waited for. */
    private static final Duration LEAVING = Duration.ofMinutes(2);

    private final Handle handle;
    private final Watch watch;
    private final Cluster cluster;
    private final Settings settings;
    private final Executor readers;
    private long unseen;
    private boolean saidToRun;
    private boolean wasSeen;
    private int attempt;
    private long linesOfAttempt;
    private boolean read;
    private Optional<Long> troubled = Optional.empty();
    private Optional<Long> done = Optional.empty();
    private volatile boolean reading;
    private volatile boolean quit;
    private volatile Optional<LogWatch> log = Optional.empty();

    /** @param lines how many were heard before */
    Run(Handle handle, long lines, Watch watch, Cluster cluster, Settings settings, Executor readers) {
        this.handle = handle;
        this.unseen = lines;
        this.watch = watch;
        this.cluster = cluster;
        this.settings = settings;
        this.readers = readers;
    }

    Handle handle() {
        return handle;
    }

    /** Its watch hears no more. */
    void quit() {
        quit = true;
        log.ifPresent(LogWatch::close);
    }

    /**
     * Moves on by what was seen.
     *
     * @return whether it is over and told
     */
    boolean look(Sight sight) {
        Optional<Attempts> seen = sight.of(handle);
        if (reading) {
            if (seen.isEmpty() || seen.get().finished() && isPast(doneSince(), LEAVING)) {
                log.ifPresent(LogWatch::close);
            }
            return quit;
        }
        if (quit) {
            return true;
        }
        return seen.isEmpty() ? gone() : move(seen.get());
    }

    private boolean gone() {
        tell(each -> each.ended(
                wasSeen
                        ? Ending.of(Ending.Kind.STOPPED, "Its job was deleted in the cluster.")
                        : Ending.of(Ending.Kind.LOST, "The cluster knows nothing of this run any more.")));
        return true;
    }

    private boolean move(Attempts seen) {
        wasSeen = true;
        if (attempt < seen.pods().size()) {
            Attempt current = seen.pods().get(attempt);
            if (current.started() && !read) {
                begin(current);
                return false;
            }
            if (read || current.over()) {
                next();
                return move(seen);
            }
            trouble(current);
        }
        if (!seen.finished() || !seen.quiet() && !isPast(doneSince(), LEAVING)) {
            return false;
        }
        tell(each -> each.ended(seen.ending()));
        return true;
    }

    private Optional<Long> doneSince() {
        done = done.or(() -> Optional.of(System.nanoTime()));
        return done;
    }

    private void next() {
        attempt++;
        linesOfAttempt = 0;
        read = false;
        troubled = Optional.empty();
    }

    /** An image that cannot be pulled may be there soon, but not for ever; a cluster without room may have some later. */
    private void trouble(Attempt current) {
        Optional<Attempt.Trouble> trouble = current.trouble().filter(any -> !current.unscheduled());
        troubled = trouble.isEmpty() ? Optional.empty() : troubled.or(() -> Optional.of(System.nanoTime()));
        trouble.filter(each -> each.hopeless() || isPast(troubled, settings.pull()))
                .ifPresent(each -> cluster.end(
                        handle, Ending.Kind.FAILED, "Its container could not be begun: " + each.reason() + "."));
    }

    private static boolean isPast(Optional<Long> since, Duration duration) {
        return since.filter(then -> System.nanoTime() - then > duration.toNanos())
                .isPresent();
    }

    private void begin(Attempt current) {
        if (!saidToRun) {
            saidToRun = true;
            tell(Watch::running);
        }
        reading = true;
        readers.execute(() -> {
            try {
                read(current);
            } finally {
                reading = false;
            }
        });
    }

    /**
     * Reads what the container says. A connection that ends says nothing: only if the container had ended when it was
     * opened, all was there to be read.
     */
    private void read(Attempt current) {
        Lines lines = new Lines(linesOfAttempt, this::line);
        try (LogWatch opened = cluster.log(handle.namespace(), current.pod())) {
            log = Optional.of(opened);
            InputStream stream = opened.getOutput();
            byte[] bytes = new byte[8192];
            for (int length = stream.read(bytes); length >= 0 && !quit; length = stream.read(bytes)) {
                lines.read(bytes, length);
            }
            if (current.over() && !quit) {
                lines.finish();
                read = true;
            }
        } catch (KubernetesClientException | IOException e) {
            LOG.debug("What {} says cannot be read: {}", current.pod(), e.getMessage());
            // There is no log any more: of a container that is gone nobody hears more.
            read = current.over();
        } finally {
            log = Optional.empty();
        }
    }

    private void line(String text) {
        linesOfAttempt++;
        if (unseen > 0) {
            unseen--;
        } else {
            tell(each -> each.line(text));
        }
    }

    private void tell(Consumer<Watch> what) {
        if (quit) {
            return;
        }
        try {
            what.accept(watch);
        } catch (RuntimeException e) {
            // Whoever hears is not ours: what it cannot hear it misses, the run goes on.
            LOG.warn("What was told of {} was not heard", handle, e);
        }
    }
}

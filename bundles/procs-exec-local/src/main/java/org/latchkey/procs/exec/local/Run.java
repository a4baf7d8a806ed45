package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run, looked at every now and then. All it knows is in its folder and in the kernel, so it makes no difference who
 * looks, nor for how long nobody did.
 */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /** At most read at a look, so that one that says much does not hold up the others. */
    private static final int BYTES_A_LOOK = 1 << 20;

    /** How long it is tried to end processes that do not go: of another user, or stuck in the kernel. */
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final Handle handle;
    private final Folder folder;
    private final Settings settings;
    private final Clock clock;
    private Optional<Watch> watch = Optional.empty();
    private Output output;
    private boolean saidToRun;
    private boolean done;
    private Optional<Long> asked = Optional.empty();
    private Optional<Long> killed = Optional.empty();

    Run(Handle handle, Folder folder, Settings settings, Clock clock) {
        this.handle = handle;
        this.folder = folder;
        this.settings = settings;
        this.clock = clock;
        this.output = new Output(folder.output(), 0);
    }

    Handle handle() {
        return handle;
    }

    /**
     * From now on this one hears of it, from that line on; who heard before hears no more.
     *
     * @return false if this looks at it no more, so that another must
     */
    synchronized boolean hear(Watch newer, long lines) {
        if (done) {
            return false;
        }
        watch = Optional.of(newer);
        output = new Output(folder.output(), lines);
        saidToRun = false;
        return true;
    }

    /** Decides that it is to be ended, unless it has ended; it is ended at the next looks. */
    synchronized void stop() throws IOException {
        if (!isOver()) {
            folder.intend(Ending.Kind.STOPPED, "It was stopped.");
        }
    }

    /**
     * Tells what is new, and ends it if it must end.
     *
     * @return whether it is over and told
     */
    synchronized boolean look() throws IOException {
        // Asked before the output is read: once it is over, all that it said is there.
        boolean over = isOver();
        if (watch.isPresent()) {
            read();
        }
        if (!over) {
            limit();
        }
        boolean unwanted = folder.intent().isPresent();
        if (!over && !unwanted || !isCleared(unwanted ? settings.grace() : Duration.ZERO)) {
            return false;
        }
        if (watch.isPresent()) {
            finish();
        }
        done = true;
        return true;
    }

    private void read() throws IOException {
        if (!saidToRun) {
            saidToRun = true;
            tell(Watch::running);
        }
        output.read(BYTES_A_LOOK, line -> tell(each -> each.line(line)));
    }

    /** Its shell wrote the exit code, or is gone without. */
    private boolean isOver() throws IOException {
        return folder.exitCode().isPresent() || !folder.isOfThisBoot() || !Processes.alive(handle);
    }

    private void limit() throws IOException {
        if (clock.instant().isAfter(folder.deadline())) {
            folder.intend(Ending.Kind.TIMED_OUT, "It took longer than it may.");
        } else if (Files.size(folder.output()) > settings.outputMiB() * 1024L * 1024) {
            folder.intend(Ending.Kind.FAILED, "It said more than " + settings.outputMiB() + " MiB.");
        }
    }

    /** Ends what there is of it: asks first, and then does not ask. Says whether nothing is left. */
    private boolean isCleared(Duration grace) throws IOException {
        List<Processes.Entry> left = folder.isOfThisBoot() ? Processes.now().of(handle, folder.work()) : List.of();
        if (left.isEmpty()) {
            return true;
        }
        if (!grace.isZero() && asked.isEmpty()) {
            asked = Optional.of(System.nanoTime());
            Signal.TERM.send(handle, left);
        } else if (grace.isZero() || isPast(asked, grace)) {
            killed = killed.or(() -> Optional.of(System.nanoTime()));
            Signal.KILL.send(handle, left);
        }
        if (isPast(killed, STUCK)) {
            LOG.warn("Run {} has processes that do not end: {}", handle.id(), left);
            return true;
        }
        return false;
    }

    private static boolean isPast(Optional<Long> since, Duration duration) {
        return since.filter(then -> System.nanoTime() - then > duration.toNanos())
                .isPresent();
    }

    private void finish() throws IOException {
        folder.clean();
        output.finish(line -> tell(each -> each.line(line)));
        Ending ending = ending();
        tell(each -> each.ended(ending));
        folder.told();
    }

    private Ending ending() {
        return folder.intent()
                .or(() -> folder.exitCode().stream().mapToObj(Ending::exited).findFirst())
                .orElseGet(() -> Ending.of(
                        Ending.Kind.LOST, "It ended without an exit code: killed from outside, or with the machine."));
    }

    private void tell(Consumer<Watch> what) {
        try {
            what.accept(watch.orElseThrow());
        } catch (RuntimeException e) {
            // Whoever hears is not ours: what it cannot hear it misses, the run goes on.
            LOG.warn("What was told of run {} was not heard", handle.id(), e);
        }
    }
}

package org.latchkey.procs.exec.local;

import java.io.IOException;
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
 * looks, nor for how long nobody did. Ending it does not wait for whoever hears of it, who may be slow: {@link #tend} and
 * {@link #tell} are done side by side.
 */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /** At most read at a look, so that one that says much does not hold up the others. */
    private static final int BYTES_A_LOOK = 1 << 18;

    /** How long it is tried to end processes that do not go: of another user, or stuck in the kernel. */
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final Handle handle;
    private final Folder folder;
    private final Settings settings;
    private final Clock clock;

    /** Held while somebody is told something. */
    private final Object telling = new Object();

    private Optional<Watch> watch = Optional.empty();
    private Output output;
    private boolean saidToRun;
    private boolean done;

    /** Why it is being ended; known here even if it cannot be written down. */
    private volatile Optional<Ending> unwanted = Optional.empty();

    /** Nothing of it runs any more, so that all that it said is there. */
    private volatile boolean cleared;

    private Optional<Long> asked = Optional.empty();
    private Optional<Long> killed = Optional.empty();

    Run(Handle handle, Folder folder, Settings settings, Clock clock) {
        this.handle = handle;
        this.folder = folder;
        this.settings = settings;
        this.clock = clock;
        this.output = new Output(folder.output(), settings.outputBytes(), 0);
    }

    Handle handle() {
        return handle;
    }

    /**
     * From now on this one hears of it, from that line on; who heard before hears no more.
     *
     * @return false if this looks at it no more, so that another must
     */
    boolean hear(Watch newer, long lines) {
        synchronized (telling) {
            if (done) {
                return false;
            }
            watch = Optional.of(newer);
            output = new Output(folder.output(), settings.outputBytes(), lines);
            saidToRun = false;
            return true;
        }
    }

    /** Decides that it is to be ended, unless it has ended; it is ended at the next looks. */
    synchronized void stop() throws IOException {
        if (!isOver()) {
            intend(Ending.Kind.STOPPED, "It was stopped.");
        }
    }

    /**
     * Ends it if it must end.
     *
     * @return whether nothing of it runs any more
     */
    synchronized boolean tend() throws IOException {
        unwanted = unwanted.or(folder::intent);
        boolean over = isOver();
        if (!over) {
            limit();
        }
        cleared = (over || unwanted.isPresent()) && isCleared(unwanted.isPresent() ? settings.grace() : Duration.ZERO);
        return cleared;
    }

    /** Its shell wrote the exit code, or is gone without. */
    private boolean isOver() throws IOException {
        return folder.exitCode().isPresent() || !folder.isOfThisBoot() || !Processes.alive(handle);
    }

    private void limit() throws IOException {
        if (clock.instant().isAfter(folder.deadline())) {
            intend(Ending.Kind.TIMED_OUT, "It took longer than it may.");
        } else if (saidTooMuch()) {
            intend(Ending.Kind.FAILED, tooMuch());
        }
    }

    private boolean saidTooMuch() throws IOException {
        return Output.size(folder.output()) > settings.outputBytes();
    }

    private String tooMuch() {
        return "It said more than " + settings.outputMiB() + " MiB.";
    }

    /** What was decided first stays. It is ended also if that cannot be written down, as on a full disk. */
    private void intend(Ending.Kind kind, String reason) {
        if (unwanted.isEmpty()) {
            Ending ending = Ending.of(kind, reason);
            unwanted = Optional.of(ending);
            try {
                folder.intend(ending);
            } catch (IOException e) {
                LOG.warn("Why run {} is ended cannot be written down", handle.id(), e);
            }
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

    /**
     * Tells what is new, a part at a time.
     *
     * @return whether it is over and told
     */
    boolean tell() throws IOException {
        synchronized (telling) {
            // Asked before the output is read: once nothing runs, all that it said is there.
            boolean last = cleared;
            boolean drained = watch.isEmpty() || read();
            if (last && drained && !done) {
                finish();
            }
            return done;
        }
    }

    private boolean read() throws IOException {
        if (!saidToRun) {
            saidToRun = true;
            tell(Watch::running);
        }
        return output.read(BYTES_A_LOOK, line -> tell(each -> each.line(line)));
    }

    /** That it has ended depends on nothing but its being told: what cannot be removed now is left to {@link Leftovers}. */
    private void finish() throws IOException {
        if (watch.isPresent()) {
            Ending ending = ending();
            output.finish(line -> tell(each -> each.line(line)));
            tell(each -> each.ended(ending));
            try {
                folder.told();
                folder.clean();
            } catch (IOException e) {
                LOG.warn("Where run {} ran cannot be removed yet: {}", handle.id(), e.toString());
            }
        }
        done = true;
    }

    private Ending ending() throws IOException {
        Optional<Ending> limited = unwanted.or(folder::intent);
        if (limited.isEmpty() && saidTooMuch()) {
            return Ending.of(Ending.Kind.FAILED, tooMuch());
        }
        return limited.or(() ->
                        folder.exitCode().stream().mapToObj(Ending::exited).findFirst())
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

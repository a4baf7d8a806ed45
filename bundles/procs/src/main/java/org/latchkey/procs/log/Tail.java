package org.latchkey.procs.log;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The end of one log that is followed: how far it has come, its last chunk, and who waits for more. */
final class Tail {

    private final Logs logs;
    private final long run;
    private final Set<Runnable> waiting = new HashSet<>();
    private Progress progress = new Progress(0, Optional.empty());
    private Optional<Chunk> last = Optional.empty();
    private int followers;
    private boolean quiet = true;

    Tail(Logs logs, long run) {
        this.logs = logs;
        this.run = run;
    }

    long run() {
        return run;
    }

    synchronized void entered() {
        followers++;
    }

    /** Whether that was the last one. */
    synchronized boolean left() {
        followers--;
        return followers == 0;
    }

    synchronized int followers() {
        return followers;
    }

    synchronized Progress progress() {
        return progress;
    }

    /** It has come so far; what is older than what is known is passed over. */
    void advance(Progress now, Optional<Chunk> chunk) {
        Set<Runnable> woken;
        synchronized (this) {
            boolean more = now.lines() > progress.lines()
                    || now.end().isPresent() && progress.end().isEmpty();
            if (!more) {
                return;
            }
            progress = now;
            last = chunk.or(() -> last);
            quiet = false;
            woken = taken();
        }
        woken.forEach(Runnable::run);
    }

    private Set<Runnable> taken() {
        Set<Runnable> taken = new HashSet<>(waiting);
        waiting.clear();
        return taken;
    }

    /** Whether nothing was told since this was asked before. */
    synchronized boolean isQuiet() {
        boolean was = quiet;
        quiet = true;
        return was && progress.end().isEmpty();
    }

    /** Wakes all who wait. */
    void tick() {
        Set<Runnable> woken;
        synchronized (this) {
            woken = taken();
        }
        woken.forEach(Runnable::run);
    }

    /** The lines from that one on, of its chunk; none if it is not there. */
    List<String> from(long line) {
        synchronized (this) {
            if (last.filter(chunk -> chunk.holds(line)).isPresent()) {
                return last.get().from(line);
            }
        }
        Optional<Chunk> stored = logs.at(run, line);
        stored.ifPresent(this::keepIfLater);
        return stored.map(chunk -> chunk.from(line)).orElse(List.of());
    }

    /** All followers but the late ones read the end. */
    private synchronized void keepIfLater(Chunk chunk) {
        if (last.isEmpty() || last.get().end() < chunk.end()) {
            last = Optional.of(chunk);
        }
    }

    /** Has the waker run once there is more than this; false if there is already. */
    synchronized boolean await(Progress known, Runnable waker) {
        if (!known.equals(progress)) {
            return false;
        }
        waiting.add(waker);
        return true;
    }

    /** Has the waker run at the next tick. */
    synchronized void awaitTick(Runnable waker) {
        waiting.add(waker);
    }

    synchronized void forget(Runnable waker) {
        waiting.remove(waker);
    }
}

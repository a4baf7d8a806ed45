package org.latchkey.kernel.extension;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What one thread is doing inside plugins, for the {@link Watchdog} to see.
 *
 * <p>The state is one number: a count of the calls so far, and in its lowest bits the phase of the present
 * call. The thread itself pays two atomic writes a call; the watchdog finds out how long a call takes by
 * seeing the same number again. An interrupt can only hit the call it is meant for, because ending a call
 * and interrupting it are rival changes of the same number.
 */
final class Watch {

    private static final int BITS = 3;
    private static final long PHASE = (1 << BITS) - 1;
    private static final long OUT = 0;
    private static final long IN = 1;
    private static final long INTERRUPTING = 2;
    private static final long INTERRUPTED = 3;
    private static final long ABANDONING = 4;
    private static final long ABANDONED = 5;

    final Thread thread;
    private final AtomicLong state = new AtomicLong();

    /** Written before the state says IN, and read only after that was seen. */
    private Slot<?> slot;

    /** How long the caller of this call waits at most; written and read as the slot is. */
    private long mostNanos;

    /** What to do if the thread gets stuck, innermost first; nested watches share their outer one's. */
    private final AtomicReference<Remedy> remedies;

    /** The watchdog's own notes: what it last saw, and when first. */
    private long seen;

    private long seenSince;

    private Watch(Thread thread, AtomicReference<Remedy> remedies) {
        this.thread = thread;
        this.remedies = remedies;
    }

    static Watch ofThisThread() {
        return new Watch(Thread.currentThread(), new AtomicReference<>(Remedy.NONE));
    }

    /** For a plugin called from within a plugin: same thread, same remedies, a state of its own. */
    Watch nested() {
        return new Watch(thread, remedies);
    }

    boolean isBusy() {
        return phase(state.getPlain()) != OUT;
    }

    void begin(Slot<?> entered, long deadlineNanos) {
        slot = entered;
        mostNanos = deadlineNanos;
        state.setRelease(((state.getPlain() >>> BITS) + 1 << BITS) | IN);
    }

    /** Ends the call and says whether it was in time. */
    boolean end() {
        long mine = state.getPlain();
        if (phase(mine) == IN && state.compareAndSet(mine, mine & ~PHASE)) {
            return true;
        }
        endLate();
        return false;
    }

    private void endLate() {
        long now = state.get();
        while (phase(now) == INTERRUPTING || phase(now) == ABANDONING || !state.compareAndSet(now, now & ~PHASE)) {
            Thread.onSpinWait();
            now = state.get();
        }
        if (phase(now) == ABANDONED) {
            slot.unstuck();
        }
        // The interrupt was for the plugin, whether it noticed or not; it must not reach what comes after.
        Thread.interrupted();
    }

    Remedy remedies() {
        return remedies.getPlain();
    }

    void remedies(Remedy innermost) {
        remedies.setRelease(innermost);
    }

    /** One look of the watchdog; gives the remedies if it finds that the call will never end. */
    Optional<Remedy> inspect(long now, long graceNanos) {
        long current = state.getAcquire();
        if (phase(current) != IN && phase(current) != INTERRUPTED) {
            return Optional.empty();
        }
        if (current != seen) {
            seen = current;
            seenSince = now;
            return Optional.empty();
        }
        if (phase(current) == IN && now - seenSince >= Math.min(mostNanos, slot.deadlineNanos())) {
            interrupt(current);
        } else if (phase(current) == INTERRUPTED && now - seenSince >= graceNanos) {
            return abandon(current);
        }
        return Optional.empty();
    }

    private void interrupt(long current) {
        long call = current & ~PHASE;
        if (state.compareAndSet(current, call | INTERRUPTING)) {
            thread.interrupt();
            state.set(call | INTERRUPTED);
        }
    }

    private Optional<Remedy> abandon(long current) {
        long call = current & ~PHASE;
        if (!state.compareAndSet(current, call | ABANDONING)) {
            return Optional.empty();
        }
        slot.stuck();
        Remedy innermost = remedies.getAcquire();
        state.set(call | ABANDONED);
        return Optional.of(innermost);
    }

    private static long phase(long state) {
        return state & PHASE;
    }
}

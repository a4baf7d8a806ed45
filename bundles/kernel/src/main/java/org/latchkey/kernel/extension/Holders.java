package org.latchkey.kernel.extension;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who is in the middle of something, and after {@link #close} waits for them to leave. Whoever
 * finds it closed has to look for what came in its place.
 */
final class Holders {

    private static final int CLOSED = 1 << 30;

    private final AtomicInteger state = new AtomicInteger();

    boolean enter() {
        if ((state.incrementAndGet() & CLOSED) == 0) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        if (state.decrementAndGet() == CLOSED) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    int count() {
        return state.get() & ~CLOSED;
    }

    /** Lets nobody in from now on; does not wait. */
    void close() {
        state.getAndUpdate(now -> now | CLOSED);
    }

    /** After {@link #close}: waits until the last one left, and says whether that happened before the deadline. */
    synchronized boolean awaitEmpty(long deadlineNanos) {
        boolean interrupted = false;
        long left = deadlineNanos - System.nanoTime();
        while (count() > 0 && left > 0) {
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException laterThen) {
                interrupted = true;
            }
            left = deadlineNanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return count() == 0;
    }
}

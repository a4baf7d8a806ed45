package org.latchkey.kernel.extension;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * How many calls may be inside one extension at once. Some more wait a moment for a place; the rest is turned
 * away, so that an extension that does not answer holds few threads, however many ask for it. Once somebody has waited in
 * vain nobody begins to wait, until a place is given back: a burst waits for an extension that works, and nothing for one that
 * is stuck.
 */
final class Bulkhead {

    private static final int WAITING_PER_PLACE = 4;
    private static final long LOOK_MILLIS = 10;

    private final AtomicInteger inside = new AtomicInteger();
    private final int places;
    private final long patienceNanos;
    private volatile int waiting;
    private volatile boolean isJammed;

    /**
     * @param places how many may be inside; 0 for any number
     * @param patienceNanos how long one waits for a place
     */
    Bulkhead(int places, long patienceNanos) {
        this.places = places == 0 ? Integer.MAX_VALUE : places;
        this.patienceNanos = patienceNanos;
    }

    /** Takes a place, to be given back with {@link #leave}; false if there is none to be had. */
    boolean enter(BooleanSupplier inVain) {
        return enterAtOnce() || await(inVain);
    }

    /** The same for one who does not wait. */
    boolean enterAtOnce() {
        if (inside.incrementAndGet() <= places) {
            return true;
        }
        inside.decrementAndGet();
        return false;
    }

    private synchronized boolean await(BooleanSupplier inVain) {
        if (isJammed || waiting >= (long) places * WAITING_PER_PLACE) {
            return false;
        }
        waiting++;
        try {
            long start = System.nanoTime();
            while (!inVain.getAsBoolean()) {
                if (enterAtOnce()) {
                    return true;
                }
                if (System.nanoTime() - start >= patienceNanos) {
                    isJammed = true;
                    return false;
                }
                wait(LOOK_MILLIS);
            }
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
        }
    }

    void leave() {
        inside.decrementAndGet();
        if (isJammed) {
            isJammed = false;
        }
        if (waiting > 0) {
            synchronized (this) {
                notify();
            }
        }
    }
}

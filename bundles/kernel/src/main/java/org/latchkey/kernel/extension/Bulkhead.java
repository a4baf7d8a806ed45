package org.latchkey.kernel.extension;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * How many calls may be inside one extension at once. Some more wait a moment for a place; the rest is turned
 * away, so that an extension that does not answer holds few threads, however many ask for it.
 */
final class Bulkhead {

    private static final int WAITING_PER_PLACE = 4;
    private static final long LOOK_MILLIS = 10;

    private final AtomicInteger inside = new AtomicInteger();
    private final int places;
    private final long patienceNanos;
    private volatile int waiting;

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
        if (inside.incrementAndGet() <= places) {
            return true;
        }
        inside.decrementAndGet();
        return await(inVain);
    }

    private synchronized boolean await(BooleanSupplier inVain) {
        if (waiting >= (long) places * WAITING_PER_PLACE) {
            return false;
        }
        waiting++;
        try {
            long start = System.nanoTime();
            while (System.nanoTime() - start < patienceNanos && !inVain.getAsBoolean()) {
                if (inside.incrementAndGet() <= places) {
                    return true;
                }
                inside.decrementAndGet();
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
        if (waiting > 0) {
            synchronized (this) {
                notify();
            }
        }
    }
}

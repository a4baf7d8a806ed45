package org.latchkey.outbound;

import java.time.Duration;

/** The end of the time for something. */
record Deadline(long nanoTime) {

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** How much is left, zero when it is over. */
    long leftNanos() {
        return Math.max(0, nanoTime - System.nanoTime());
    }
}

package org.latchkey.cas.outgoing;

import java.time.Duration;

/** The end of the time for something. */
public record Deadline(long nanoTime) {

    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** How much is left, zero when it is over. */
    public long leftNanos() {
        return Math.max(0, nanoTime - System.nanoTime());
    }
}

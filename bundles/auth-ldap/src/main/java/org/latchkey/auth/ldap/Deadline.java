package org.latchkey.auth.ldap;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a sign-in must be over, whatever it is still waiting for.
 *
 * @param end in the time of {@link System#nanoTime()}
 */
record Deadline(long end) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOver() {
        return left() <= 0;
    }

    /**
     * What is left, but at most this.
     *
     * @throws Unavailable if nothing is
     */
    int millis(Duration most) {
        long left = left();
        if (left <= 0) {
            throw new Unavailable("the directory server takes too long");
        }
        return (int) Math.min(left, most.toMillis());
    }

    private long left() {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
}

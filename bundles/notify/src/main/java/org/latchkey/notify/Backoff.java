package org.latchkey.notify;

import java.time.Duration;

/**
 * How long to wait after failures in a row: twice as long after each, up to a limit, and a fifth more or less by chance,
 * so that those who failed together do not come back together.
 *
 * @param first after the first failure
 * @param longest the limit, before chance
 */
record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;
    private static final double SPREAD = 0.2;

    /**
     * @param failures in a row, 1 or more
     * @param chance 0 to 1
     */
    Duration after(int failures, double chance) {
        long doublings = 1L << Math.min(failures - 1, MOST_DOUBLINGS);
        long millis = Math.min(longest.toMillis(), Math.multiplyExact(first.toMillis(), doublings));
        return Duration.ofMillis(Math.round(millis * (1 - SPREAD + 2 * SPREAD * chance)));
    }
}

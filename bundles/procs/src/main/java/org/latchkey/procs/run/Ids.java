package org.latchkey.procs.run;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Makes the ids of runs: milliseconds since 2025 in 41 bits, then 12 bits by chance. Later ones are greater, and all are below 2^53, until
 * 2094. Two nodes may make the same; the store has it once, and whoever is second takes another.
 */
final class Ids {

    /** One more than the greatest. */
    static final long END = 1L << 53;

    private static final long EPOCH = 1_735_689_600_000L;
    private static final int CHANCE_BITS = 12;

    private final Clock clock;
    private final RandomGenerator random;
    private long last;

    Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    synchronized long next() {
        long wanted = clock.millis() - EPOCH << CHANCE_BITS | random.nextInt(1 << CHANCE_BITS);
        last = Math.max(last + 1, wanted);
        return last;
    }
}

package org.latchkey.notify;

import java.time.Duration;

/**
 * What the operator set.
 *
 * @param poll how often the store is looked at for what another node, or one that died, left there
 * @param backoff between attempts
 * @param attempts after how many a notice becomes a dead letter; 0 for never
 * @param waiting how many notices may wait for one notifier
 * @param deadLetters how many are kept for one notifier
 * @param away how long a notifier that is not there is kept a queue for
 * @param handOver how many may be on their way into the store by themselves
 */
record Settings(
        Duration poll, Backoff backoff, int attempts, int waiting, int deadLetters, Duration away, int handOver) {

    private static final int DEFAULT_HAND_OVER = 10_000;
    private static final int LONGEST_FIRST_MILLIS = 3_600_000;

    static final Settings DEFAULT = new Settings(
            Duration.ofSeconds(30),
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            30,
            100_000,
            10_000,
            Duration.ofHours(24));

    /** With the default of {@code handOver}. */
    Settings(Duration poll, Backoff backoff, int attempts, int waiting, int deadLetters, Duration away) {
        this(poll, backoff, attempts, waiting, deadLetters, away, DEFAULT_HAND_OVER);
    }

    /** @throws IllegalArgumentException that names the setting that is out of range */
    static Settings of(StoredOutbox.Config config) {
        demand("pollSeconds", config.pollSeconds(), 1, 3600);
        demand("firstRetryMillis", config.firstRetryMillis(), 1, LONGEST_FIRST_MILLIS);
        demand("longestRetrySeconds", config.longestRetrySeconds(), 1, 86_400);
        demand("attempts", config.attempts(), 0, Integer.MAX_VALUE);
        demand("waiting", config.waiting(), 1, 10_000_000);
        demand("deadLetters", config.deadLetters(), 0, 1_000_000);
        demand("handOver", config.handOver(), 1, 1_000_000);
        demand("awayHours", config.awayHours(), 1, 24 * 365);
        return new Settings(
                Duration.ofSeconds(config.pollSeconds()),
                new Backoff(
                        Duration.ofMillis(config.firstRetryMillis()), Duration.ofSeconds(config.longestRetrySeconds())),
                config.attempts(),
                config.waiting(),
                config.deadLetters(),
                Duration.ofHours(config.awayHours()),
                config.handOver());
    }

    private static void demand(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}

package org.latchkey.oauth.key;

import java.time.Duration;
import java.time.Instant;

/**
 * How long keys serve.
 *
 * @param rotateAfter how long a key signs before the next one takes over by itself
 * @param longestTokenLife how long the longest-lived token is valid: so long a replaced key still verifies
 */
public record KeyAges(Duration rotateAfter, Duration longestTokenLife) {

    /** A quarter of a year, and tokens of at most a day. */
    public static final KeyAges USUAL = new KeyAges(Duration.ofDays(90), Duration.ofDays(1));

    /** So long another node may go on signing with a key that was replaced, as it has not looked yet. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException if either is not longer than nothing */
    public KeyAges {
        if (!isPositive(rotateAfter) || !isPositive(longestTokenLife)) {
            throw new IllegalArgumentException("Both ages of keys must be longer than nothing");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    boolean isDue(StoredKey current, Instant now) {
        return !current.since().plus(rotateAfter).isAfter(now);
    }

    /** Whether nothing that the key signed can be valid any more. */
    boolean isGone(StoredKey key, Instant now) {
        return key.state() == KeyState.RETIRED
                && !key.since().plus(longestTokenLife).plus(GRACE).isAfter(now);
    }
}

package org.latchkey.kernel.extension;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How plugins are called, as the operator set it.
 *
 * @param deadlines by extension point, in nanoseconds; 0 for none
 * @param places how many calls may be inside one extension at once, by extension point; 0 for any number
 * @param drainNanos how long a plugin that is taken away may finish its calls
 * @param quarantineNanos how long before an extension in quarantine is tried again
 */
record Limits(Map<String, Long> deadlines, Map<String, Long> places, long drainNanos, long quarantineNanos) {

    /** A caller waits for a place at most this many times the deadline of a call. */
    private static final int PATIENCE = 4;

    /** So long where calls have no deadline: a short burst of requests is served, and none hangs for long. */
    private static final long PATIENCE_WITHOUT_DEADLINE = TimeUnit.MILLISECONDS.toNanos(250);

    static Limits of(Points.Config config) {
        Map<String, Long> deadlines = numbers("deadline", config.deadlines());
        deadlines.replaceAll((point, millis) -> TimeUnit.MILLISECONDS.toNanos(millis));
        return new Limits(
                deadlines,
                numbers("bulkhead", config.bulkheads()),
                TimeUnit.MILLISECONDS.toNanos(config.drainMillis()),
                TimeUnit.SECONDS.toNanos(config.quarantineSeconds()));
    }

    long deadlineNanos(String point) {
        return deadlines.getOrDefault(point, 0L);
    }

    Bulkhead bulkhead(String point) {
        int number = (int) Math.min(Integer.MAX_VALUE, places.getOrDefault(point, 0L));
        long deadline = deadlineNanos(point);
        return new Bulkhead(number, deadline == 0 ? PATIENCE_WITHOUT_DEADLINE : PATIENCE * deadline);
    }

    private static Map<String, Long> numbers(String what, String[] lines) {
        Map<String, Long> numbers = new TreeMap<>();
        for (String each : lines) {
            int sign = each.indexOf('=');
            if (sign < 0) {
                throw new IllegalArgumentException("A " + what + " is written Point=number, not " + each);
            }
            numbers.put(
                    each.substring(0, sign).trim(),
                    Math.max(0, Long.parseLong(each.substring(sign + 1).trim())));
        }
        return numbers;
    }
}

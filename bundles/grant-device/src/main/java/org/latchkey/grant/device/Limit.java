package org.latchkey.grant.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often somebody may do something within a while, counted from the first time on. On this node alone: it need not
 * outlive it, since what is guarded ends by itself before long.
 */
final class Limit {

    private static final int MOST_KEYS = 100_000;

    private final int most;
    private final Cache<String, AtomicInteger> counts;

    Limit(int most, Duration within, Clock clock) {
        this.most = most;
        this.counts = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(within)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** Counts one; false if that was one too many, which is not counted. */
    boolean take(String who) {
        AtomicInteger count = counts.get(who, none -> new AtomicInteger());
        if (count.incrementAndGet() <= most) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    /** Takes one back. */
    void giveBack(String who) {
        AtomicInteger count = counts.getIfPresent(who);
        if (count != null) {
            count.updateAndGet(number -> Math.max(0, number - 1));
        }
    }
}

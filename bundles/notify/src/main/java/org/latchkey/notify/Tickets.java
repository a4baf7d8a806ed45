package org.latchkey.notify;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers what waits, so that the order of keys is the order in which it was enclosed: the time in milliseconds, a
 * counter within each, and a part by chance that is the node's own. Within one node they only ever rise, also when its
 * clock is set back; between nodes they are as exact as the clocks agree.
 */
final class Tickets {

    /** A million in one millisecond; what is beyond borrows from the next. */
    private static final int COUNTER_BITS = 20;

    private final Clock clock;
    private final String node = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    private final AtomicLong last = new AtomicLong();

    Tickets(Clock clock) {
        this.clock = clock;
    }

    /** 24 hex digits, greater than all before. */
    String next() {
        long now = clock.millis() << COUNTER_BITS;
        return HexFormat.of().toHexDigits(last.updateAndGet(before -> Math.max(before + 1, now))) + node;
    }
}

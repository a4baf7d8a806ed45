package org.latchkey.procs.exec.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time, later by as much as a test wants: processes do not wait for a clock that stands. */
final class ShiftedClock extends Clock {

    private volatile Duration later = Duration.ZERO;

    void shift(Duration more) {
        later = later.plus(more);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(later);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}

package org.latchkey.procs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.Test;

public class IdsTest {

    private static Ids at(String instant) {
        return new Ids(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC), new Random(1));
    }

    @Test
    public void row44IdsAreWholeInJavaScriptAndInTheOrderOfTime() {
        Ids ids = at("2026-11-27T00:00:00Z");
        long last = 0;
        for (int i = 0; i < 10_000; i++) {
            long next = ids.next();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        assertThat(at("2026-11-27T00:00:10Z").next()).isGreaterThan(last);
        assertThat(at("2094-01-01T00:00:00Z").next()).isLessThan(1L << 53);
        assertThat((long) (double) last).isEqualTo(last);
    }
}

package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.Test;

public class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Test
    public void itDoublesUpToTheLimit() {
        assertThat(backoff.after(1, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(2, 0.5)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.after(9, 0.5)).isEqualTo(Duration.ofSeconds(256));
        assertThat(backoff.after(10, 0.5)).isEqualTo(Duration.ofMinutes(5));
        assertThat(backoff.after(Integer.MAX_VALUE, 0.5)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    public void chanceMakesItAFifthMoreOrLess() {
        assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(800));
        assertThat(backoff.after(1, 1)).isEqualTo(Duration.ofMillis(1200));
    }

    /** down for an hour, and nothing becomes a dead letter. */
    @Test
    public void theDefaultAttemptsLastLongerThanAnHourByAnyChance() {
        Settings settings = Settings.DEFAULT;
        Duration all = Duration.ZERO;
        for (int failures = 1; failures < settings.attempts(); failures++) {
            all = all.plus(settings.backoff().after(failures, 0));
        }
        assertThat(all).isGreaterThan(Duration.ofMinutes(75));
    }
}

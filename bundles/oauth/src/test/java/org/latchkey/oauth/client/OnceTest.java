package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.Test;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

public class OnceTest {

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final Once once = new Once(store, clock);

    private boolean isFirst(String purpose, String value) {
        return once.isFirst(purpose, value, clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Test
    public void aValueIsGoodOnceForEachPurposeAlsoAfterARestart() {
        assertThat(isFirst("a", "1")).isTrue();
        assertThat(isFirst("b", "1")).isTrue();
        assertThat(isFirst("a", "2")).isTrue();
        assertThat(isFirst("a", "1")).isFalse();
        assertThat(new Once(store, clock).isFirst("a", "1", clock.instant())).isFalse();
    }

    @Test
    public void whatHasExpiredIsSweptAndNothingElse() {
        isFirst("a", "1");
        clock.advance(Duration.ofMinutes(4));
        isFirst("a", "2");
        clock.advance(Duration.ofMinutes(2));
        isFirst("a", "3");
        assertThat(store.list(Once.KIND, "", "", 10)).hasSize(2);
        assertThat(isFirst("a", "2")).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(once.sweep()).isEqualTo(2);
        assertThat(once.sweep()).isZero();
    }
}

package org.latchkey.procs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;
import org.latchkey.api.Refusal;

public class TurnTest {

    @Test
    public void goesOnWhateverHappened() {
        AtomicInteger times = new AtomicInteger();
        Turn turn = new Turn("test", () -> {
            if (times.incrementAndGet() == 1) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "down", "Down.");
            }
            throw new IllegalStateException("broken");
        });
        turn.run();
        turn.run();
        turn.run();
        assertThat(times).hasValue(3);
    }

    @Test
    public void isNeverTwiceAtOnce() {
        AtomicInteger times = new AtomicInteger();
        AtomicReference<Turn> turn = new AtomicReference<>();
        turn.set(new Turn("test", () -> {
            times.incrementAndGet();
            turn.get().run();
        }));
        turn.get().run();
        assertThat(times).hasValue(1);
    }
}

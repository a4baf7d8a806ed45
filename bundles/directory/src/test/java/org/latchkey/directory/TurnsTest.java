package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.api.Refusal;

public class TurnsTest {

    private static final int CROWD = 100;

    /** What {@link Turns} lets wait behind slow ones. */
    private static final int FEW = 16;

    private final ExecutorService crowd = Executors.newFixedThreadPool(CROWD);

    @After
    public void disperse() throws InterruptedException {
        crowd.shutdownNow();
        assertThat(crowd.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    public void everybodyHasTheirTurnBehindOneThatIsInNoPlugin() throws Exception {
        Turns turns = new Turns(0);
        int[] count = new int[1];
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            all.add(crowd.submit(() -> {
                Turns.Turn turn = turns.take(List.of("entity x"), () -> false);
                count[0]++;
                turn.end();
            }));
        }
        for (Future<?> each : all) {
            each.get(10, TimeUnit.SECONDS);
        }
        assertThat(count[0]).isEqualTo(CROWD);
    }

    /** H-03: a change that is stuck in a plugin takes few threads along, also over several names. */
    @Test
    public void fewWaitBehindOneThatIsStuckAndTheRestIsRefusedAtOnce() throws Exception {
        Turns turns = new Turns(0);
        Turns.Turn one = turns.take(List.of("entity x"), () -> true);
        Turns.Turn two = turns.take(List.of("entity y"), () -> true);
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < FEW; i++) {
            String name = i % 2 == 0 ? "entity x" : "entity y";
            waiting.add(crowd.submit(() -> turns.take(List.of(name), () -> true).end()));
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (turns.waiting() < FEW && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> turns.take(List.of("entity x"), () -> true))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
        turns.take(List.of("entity z"), () -> true).end();

        one.end();
        two.end();
        for (Future<?> each : waiting) {
            each.get(10, TimeUnit.SECONDS);
        }
        turns.take(List.of("entity x", "entity y"), () -> true).end();
    }
}

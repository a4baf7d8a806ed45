package org.latchkey.kernel.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

public class BulkheadTest {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    @Test
    public void noMoreAreEverInsideThanThereArePlaces() {
        Bulkhead bulkhead = new Bulkhead(3, PATIENCE);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> {
                        boolean entered = bulkhead.enter(() -> false);
                        if (entered) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            inside.decrementAndGet();
                            bulkhead.leave();
                        }
                        return entered;
                    },
                    command -> new Thread(command).start()));
        }
        assertThat(calls).allMatch(CompletableFuture::join);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    public void whoeverFindsNoPlaceInTimeIsTurnedAway() {
        Bulkhead bulkhead = new Bulkhead(1, TimeUnit.MILLISECONDS.toNanos(30));
        assertThat(bulkhead.enter(() -> false)).isTrue();
        assertThat(bulkhead.enter(() -> false)).isFalse();
        bulkhead.leave();
        assertThat(bulkhead.enter(() -> false)).isTrue();
    }

    @Test
    public void nobodyWaitsInVain() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1, TimeUnit.MINUTES.toNanos(5));
        AtomicBoolean shut = new AtomicBoolean();
        bulkhead.enter(shut::get);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> bulkhead.enter(shut::get));
        shut.set(true);
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    public void onlySoManyMayWait() {
        Bulkhead bulkhead = new Bulkhead(1, TimeUnit.MINUTES.toNanos(5));
        AtomicBoolean shut = new AtomicBoolean();
        bulkhead.enter(shut::get);
        AtomicInteger turnedAway = new AtomicInteger();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(CompletableFuture.runAsync(
                    () -> {
                        if (!bulkhead.enter(shut::get)) {
                            turnedAway.incrementAndGet();
                        }
                    },
                    command -> new Thread(command).start()));
        }
        long end = System.nanoTime() + PATIENCE;
        while (turnedAway.get() < 6 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(turnedAway.get()).as("ten less the four that may wait").isEqualTo(6);
        shut.set(true);
        calls.forEach(CompletableFuture::join);
    }

    @Test
    public void onceSomebodyWaitedInVainNobodyBeginsToUntilAPlaceIsGivenBack() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1, TimeUnit.SECONDS.toNanos(1));
        AtomicInteger looks = new AtomicInteger();
        assertThat(bulkhead.enter(() -> false)).isTrue();
        assertThat(bulkhead.enter(() -> looks.getAndIncrement() < 0)).isFalse();
        assertThat(looks.getAndSet(0)).as("that one waited").isPositive();
        assertThat(bulkhead.enter(() -> looks.getAndIncrement() < 0)).isFalse();
        assertThat(looks.get()).as("that one did not").isZero();
        bulkhead.leave();
        assertThat(bulkhead.enter(() -> false)).isTrue();
        assertThat(bulkhead.enter(() -> looks.getAndIncrement() < 0)).isFalse();
        assertThat(looks.get())
                .as("after a place was given back one waits again")
                .isPositive();
    }

    @Test
    public void whoDoesNotWaitIsTurnedAwayAtOnce() {
        Bulkhead bulkhead = new Bulkhead(1, TimeUnit.MINUTES.toNanos(5));
        assertThat(bulkhead.enterAtOnce()).isTrue();
        assertThat(bulkhead.enterAtOnce()).isFalse();
        bulkhead.leave();
        assertThat(bulkhead.enterAtOnce()).isTrue();
    }

    @Test
    public void aBurstWaitsAlsoWhereCallsHaveNoDeadline() throws Exception {
        Limits limits = new Limits(Map.of("Endpoint", 0L), Map.of("Endpoint", 2L), 0, 0);
        Bulkhead bulkhead = limits.bulkhead("Endpoint");
        assertThat(bulkhead.enter(() -> false)).isTrue();
        assertThat(bulkhead.enter(() -> false)).isTrue();
        AtomicInteger looks = new AtomicInteger();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> bulkhead.enter(() -> {
            if (looks.getAndIncrement() == 0) {
                bulkhead.leave(); // while this one waits
            }
            return false;
        }));
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    public void zeroPlacesAreNoLimit() {
        Bulkhead bulkhead = new Bulkhead(0, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(bulkhead.enter(() -> false)).isTrue();
        }
    }
}

package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

public class RowLocksTest {

    private static final long LONG = TimeUnit.SECONDS.toNanos(30);
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(1);

    private final RowLocks locks = new RowLocks();

    private static Plan plan(String key, String... unique) throws Exception {
        List<Item.Index> values = List.of(unique).stream()
                .map(value -> new Item.Index("name", value, true))
                .toList();
        return Plan.of(List.of(new Write.Put(new Item("person", key, 1, "", values))));
    }

    /** On a thread of its own: a lock is held by one. */
    private boolean canBeHeld(Plan plan) {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        locks.hold(plan, SHORT).release();
                        return true;
                    } catch (Refusal busy) {
                        assertThat(busy.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                        return false;
                    }
                })
                .join();
    }

    @Test
    public void commitsOfOneRowGoOneAfterTheOther() throws Exception {
        RowLocks.Held first = locks.hold(plan("a"), LONG);
        assertThat(canBeHeld(plan("a"))).isFalse();
        assertThat(canBeHeld(plan("b"))).isTrue();
        first.release();
        assertThat(canBeHeld(plan("a"))).isTrue();
    }

    @Test
    public void commitsOfOneUniqueValueGoOneAfterTheOther() throws Exception {
        RowLocks.Held first = locks.hold(plan("a", "value"), LONG);
        assertThat(canBeHeld(plan("b", "value"))).isFalse();
        assertThat(canBeHeld(plan("b", "another"))).isTrue();
        first.release();
        assertThat(canBeHeld(plan("b", "value"))).isTrue();
    }

    @Test
    public void whoHasToWaitTooLongHoldsNothingAfterwards() throws Exception {
        Plan all = Plan.of(IntStream.range(0, 100)
                .mapToObj(i -> (Write) new Write.Delete("person", "key" + i, 1))
                .toList());
        RowLocks.Held one = locks.hold(plan("key50"), LONG);
        assertThat(canBeHeld(all)).isFalse();
        for (int i = 0; i < 50; i++) {
            assertThat(canBeHeld(plan("key" + i))).isTrue();
        }
        one.release();
        assertThat(canBeHeld(all)).isTrue();
    }

    @Test
    public void whoIsInterruptedIsRefusedAndStaysInterrupted() throws Exception {
        Plan plan = plan("a");
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> locks.hold(plan, LONG));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(canBeHeld(plan)).isTrue();
    }
}

package org.latchkey.procs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.latchkey.testkit.MemoryStore;

public class LeasesTest {

    private final MemoryStore store = new MemoryStore();
    private final AtomicLong seconds = new AtomicLong();
    private final Leases one = leases();
    private final Leases other = leases();

    private Leases leases() {
        return new Leases(store, Duration.ofSeconds(10), () -> seconds.get() * 1_000_000_000L);
    }

    @Test
    public void aWatcherWithoutASignOfLifeIsGoneAfterAWhile() throws Exception {
        one.renew();
        other.renew();
        assertThat(other.isGone(one.own())).isFalse();
        seconds.addAndGet(8);
        one.renew();
        assertThat(other.isGone(one.own())).isFalse();
        seconds.addAndGet(10);
        assertThat(other.isGone(one.own())).isFalse();
        seconds.addAndGet(1);
        assertThat(other.isGone(one.own())).isTrue();
        other.sweep();
        assertThat(store.list("procwatcher", "", "", 9)).hasSize(1);
        one.renew();
        assertThat(other.isGone(one.own())).isFalse();
    }

    @Test
    public void whoLeavesInPeaceIsGoneAtOnce() throws Exception {
        one.requireHeld();
        assertThat(other.isGone(one.own())).isFalse();
        one.release();
        assertThat(other.isGone(one.own())).isTrue();
        one.release();
    }
}

package org.latchkey.kernel.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class HoldersTest {

    private final Holders holders = new Holders();

    @Test
    public void closedHoldersLetNobodyIn() {
        assertThat(holders.enter()).isTrue();
        holders.close();
        assertThat(holders.enter()).isFalse();
        assertThat(holders.count()).isEqualTo(1);
    }

    @Test
    public void emptyWhenTheLastOneLeft() throws InterruptedException {
        holders.enter();
        holders.close();
        CountDownLatch waiting = new CountDownLatch(1);
        Thread leaver = new Thread(() -> {
            await(waiting);
            holders.leave();
        });
        leaver.start();
        waiting.countDown();
        assertThat(holders.awaitEmpty(inMillis(5000))).isTrue();
        leaver.join();
    }

    @Test
    public void waitingIsBounded() {
        holders.enter();
        holders.close();
        assertThat(holders.awaitEmpty(inMillis(20))).isFalse();
    }

    private static long inMillis(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}

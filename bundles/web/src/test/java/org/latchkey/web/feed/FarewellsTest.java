package org.latchkey.web.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;

public class FarewellsTest {

    private final Farewells farewells = new Farewells(Thread::new);
    private final CountDownLatch stuck = new CountDownLatch(1);

    @After
    public void stop() {
        stuck.countDown();
        farewells.stop();
    }

    private void hang() {
        try {
            stuck.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    public void whoHangsHoldsUpNobodyElse() throws Exception {
        for (int i = 0; i < 100; i++) {
            farewells.add("hangs", this::hang);
        }
        CountDownLatch told = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            farewells.add("other" + i % 3, told::countDown);
        }
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    public void theFarewellsOfOneComeOneAfterTheOther() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        CountDownLatch last = new CountDownLatch(1);
        farewells.add("one", this::hang);
        farewells.add("one", () -> told.add("second"));
        farewells.add("one", () -> told.add("third"));
        farewells.add("one", last::countDown);
        assertThat(told).isEmpty();
        stuck.countDown();
        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(told).containsExactly("second", "third");
    }

    @Test
    public void thereAreNoMoreThreadsThanMayBe() throws Exception {
        for (int i = 0; i < Farewells.MOST_THREADS; i++) {
            farewells.add(i, this::hang);
        }
        CountDownLatch told = new CountDownLatch(1);
        farewells.add("one more", told::countDown);
        assertThat(told.await(100, TimeUnit.MILLISECONDS)).isFalse();
        stuck.countDown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (told.getCount() > 0 && System.nanoTime() < end) {
            farewells.add("one more", told::countDown);
            Thread.sleep(10);
        }
        assertThat(told.getCount()).as("there is room again").isZero();
    }
}

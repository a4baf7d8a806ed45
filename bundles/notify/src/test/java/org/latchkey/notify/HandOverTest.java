package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.store.Store;

/** what is stored by itself is bounded in number and size, and what is dropped is seen. */
public class HandOverTest {

    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
    private final Crew crew = new Crew();

    @After
    public void close() {
        crew.close();
    }

    private HandOver over(int bound, HandOver.Storing storing) {
        return new HandOver(storing, crew, () -> bound);
    }

    private void store(List<Notice> batch) {
        batches.add(batch.size());
        batch.forEach(notice -> stored.add(notice.id()));
    }

    private static List<Notice> notices(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> Post.notice("n" + i)).toList();
    }

    private static List<String> ids(int from, int to) {
        return notices(from, to).stream().map(Notice::id).toList();
    }

    @Test
    public void r08ManyAreStoredInFewCommitsAndInOrder() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        HandOver handOver = over(10_000, batch -> {
            awaitQuietly(open);
            store(batch);
        });
        for (int i = 0; i < 5000; i++) {
            handOver.take(notices(i, i + 1));
        }
        open.countDown();
        Post.await(() -> stored.size() == 5000);
        assertThat(stored).isEqualTo(ids(0, 5000));
        assertThat(batches).hasSizeLessThan(40);
        assertThat(handOver.fault()).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    public void r08BeyondTheBoundNewOnesAreDroppedAndTheFaultSaysHowMany() {
        CountDownLatch open = new CountDownLatch(1);
        HandOver handOver = over(100, batch -> {
            awaitQuietly(open);
            store(batch);
        });
        handOver.take(notices(0, 100));
        Post.await(() -> handOver.waiting() == 0); // the worker has them in hand
        handOver.take(notices(100, 10_000));
        assertThat(handOver.waiting()).isEqualTo(100);
        assertThat(handOver.fault()).contains("9800 notices came faster than they could be stored and were dropped.");
        open.countDown();
        Post.await(() -> stored.size() == 200);
        assertThat(stored).isEqualTo(ids(0, 200));
    }

    /** Few that are huge would fill the memory as well. */
    @Test
    public void r08TheSizeIsBoundedToo() {
        CountDownLatch open = new CountDownLatch(1);
        HandOver handOver = over(1_000_000, batch -> awaitQuietly(open));
        Notice huge = new Notice("1", "t", Instant.EPOCH, "root", Map.of("text", "x".repeat(1 << 20)));
        IntStream.range(0, 1000).forEach(i -> handOver.take(List.of(huge)));
        assertThat(handOver.waiting()).isLessThanOrEqualTo(16);
        assertThat(handOver.fault()).isPresent();
        open.countDown();
    }

    @Test
    public void whileTheStoreRefusesTheyWaitInOrder() {
        AtomicInteger tries = new AtomicInteger();
        HandOver handOver = over(1000, batch -> {
            if (tries.incrementAndGet() == 1) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "store-unavailable", "The database cannot be reached.");
            }
            store(batch);
        });
        handOver.take(notices(0, 300));
        Post.await(() -> stored.size() == 300);
        assertThat(stored).isEqualTo(ids(0, 300));
        assertThat(handOver.fault()).isEmpty();
    }

    /** Of many that go together only the one that is refused for good is lost. */
    @Test
    public void r08OneThatTheStoreRefusesForGoodIsDroppedAndTheOthersAreStored() {
        AtomicInteger away = new AtomicInteger();
        HandOver handOver = over(1000, batch -> {
            if (batch.stream().anyMatch(notice -> notice.id().equals("n7"))) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "item-too-large", "It is too large.");
            }
            if (batch.size() == 1 && batch.get(0).id().equals("n8") && away.incrementAndGet() == 1) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "store-unavailable", "The database cannot be reached.");
            }
            store(batch);
        });
        handOver.take(notices(0, 20));
        Post.await(() -> stored.size() == 19);
        assertThat(stored).startsWith("n0", "n1").doesNotContain("n7").endsWith("n18", "n19");
        assertThat(handOver.fault()).contains("1 notices could not be stored and were dropped.");
        handOver.take(notices(20, 21));
        Post.await(() -> stored.size() == 20);
    }

    @Test
    public void whatFailsInAnyOtherWayStopsNothing() {
        HandOver handOver = over(1000, batch -> {
            if (batch.stream().anyMatch(notice -> notice.id().equals("n0"))) {
                throw new IllegalStateException("broken");
            }
            store(batch);
        });
        handOver.take(notices(0, 1));
        Post.await(() -> handOver.fault().isPresent());
        handOver.take(notices(1, 300));
        Post.await(() -> stored.size() == 299);
        assertThat(stored).isEqualTo(ids(1, 300));
    }

    @Test
    public void aTicketThatWasTakenIsNoReasonToGiveUp() {
        AtomicInteger tries = new AtomicInteger();
        HandOver handOver = over(1000, batch -> {
            if (tries.incrementAndGet() == 1) {
                throw new Store.Conflict("", "taken");
            }
            store(batch);
        });
        handOver.take(notices(0, 3));
        Post.await(() -> stored.size() == 3);
    }

    @Test
    public void whatWaitsWhenTheServerStopsIsStored() {
        CountDownLatch open = new CountDownLatch(1);
        List<String> flushed = Collections.synchronizedList(new ArrayList<>());
        Thread tester = Thread.currentThread();
        HandOver handOver = over(1000, batch -> {
            if (Thread.currentThread() == tester) {
                batch.forEach(notice -> flushed.add(notice.id()));
            } else {
                awaitQuietly(open);
            }
        });
        handOver.take(notices(0, 1));
        Post.await(() -> handOver.waiting() == 0);
        handOver.take(notices(1, 900));
        handOver.flush();
        open.countDown();
        assertThat(flushed).isEqualTo(ids(1, 900));
    }
}

package org.latchkey.web;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.latchkey.api.http.Feed;

/** Tells what the test puts in. */
final class FakeFeed implements Feed {

    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger told = new AtomicInteger();
    private final Deque<Next> waiting = new ConcurrentLinkedDeque<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile Runnable waker = () -> {
        throw new IllegalStateException("not told whom to wake");
    };

    FakeFeed tell(String... pieces) {
        for (String piece : pieces) {
            waiting.add(new Piece(piece));
        }
        return this;
    }

    FakeFeed end(String reason) {
        waiting.add(new End(reason));
        return this;
    }

    void wake() {
        waker.run();
    }

    @Override
    public void wakeBy(Runnable told) {
        waker = told;
    }

    @Override
    public Next next() {
        told.incrementAndGet();
        Next next = waiting.poll();
        return next == null ? new Pause() : next;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
        ending.countDown();
    }

    boolean isClosedSoon(int times) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (closed.get() != times && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        return closed.get() == times;
    }

    boolean isClosedSoon() throws InterruptedException {
        return ending.await(20, TimeUnit.SECONDS);
    }
}

package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Watch;

/** A watch that notes what it hears of a run, and what it should not have heard. */
public final class HeardRun implements Watch {

    /** Longer than anything here takes on the busiest machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<String> lines = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private Ending ending;

    @Override
    public void running() {
        heard(() -> {
            note(running.getCount() == 0, "running twice");
            note(!lines.isEmpty(), "running after a line");
        });
        running.countDown();
    }

    @Override
    public void line(String text) {
        heard(() -> {
            note(running.getCount() > 0, "a line before running");
            lines.add(text);
            notifyAll();
        });
    }

    @Override
    public void ended(Ending end) {
        heard(() -> ending = end);
        ended.countDown();
    }

    private void heard(Runnable what) {
        int others = inside.getAndIncrement();
        synchronized (this) {
            note(others > 0, "two at a time");
            note(ended.getCount() == 0, "something after the end");
            what.run();
        }
        inside.decrementAndGet();
    }

    private void note(boolean wrong, String fault) {
        if (wrong) {
            faults.add(fault);
        }
    }

    /** Waits until it runs. */
    public void awaitRunning() throws InterruptedException {
        assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it runs; its end: %s", ending())
                .isTrue();
    }

    /** Waits until so many lines were heard, and gives all. */
    public synchronized List<String> awaitLines(int count) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (lines.size() < count && ended.getCount() > 0 && System.nanoTime() < until) {
            wait(100);
        }
        assertThat(lines).as("lines; its end: %s", ending()).hasSizeGreaterThanOrEqualTo(count);
        return List.copyOf(lines);
    }

    /** Waits for the end; nothing that must not be heard was heard until then. */
    public Ending awaitEnd() throws InterruptedException {
        assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends; lines: %s", lines())
                .isTrue();
        assertThat(faults()).isEmpty();
        return ending().orElseThrow();
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** How it ended, if it has. */
    public synchronized Optional<Ending> ending() {
        return Optional.ofNullable(ending);
    }

    /** Whether it was said to run. */
    public boolean hasRun() {
        return running.getCount() == 0;
    }
}

package org.latchkey.notify;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads: one that keeps the time and never waits for anything, and as many as there is work at the moment, which
 * end when they are idle. All are made by the first, so that none inherits anything from a plugin that happens to be on
 * the stack. None is ever interrupted: an interrupt in the middle of a read would close an embedded database.
 */
final class Crew implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;
    private static final int PATIENCE_SECONDS = 5;

    private final AtomicInteger made = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, threads("latchkey-outbox-timer"));
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads("latchkey-outbox"),
            new ThreadPoolExecutor.DiscardPolicy());

    Crew() {
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer.prestartCoreThread();
    }

    private ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(Crew.class.getClassLoader());
            return thread;
        };
    }

    /** Has a worker do it. */
    void execute(Runnable work) {
        timer.execute(() -> workers.execute(work));
    }

    /** Has the timer do it, which must be quick. */
    void after(Duration delay, Runnable quick) {
        timer.schedule(quick, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void every(Duration period, Runnable quick) {
        timer.scheduleWithFixedDelay(quick, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isClosed() {
        return timer.isShutdown();
    }

    /** Begins nothing new, and waits a moment for what is under way. */
    @Override
    public void close() {
        timer.shutdown();
        workers.shutdown();
        try {
            workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.latchkey.procs.run;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads: one that keeps the time and never waits for anything, and as many as there is work at the moment, which end when
 * they are idle. None is ever interrupted: an interrupt in the middle of a read would close an embedded database.
 */
public final class Crew implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;
    private static final int PATIENCE_SECONDS = 10;

    private final AtomicInteger made = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, threads("latchkey-procs-timer"), new ThreadPoolExecutor.DiscardPolicy());
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads("latchkey-procs"),
            new ThreadPoolExecutor.DiscardPolicy());

    public Crew() {
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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

    /** Has a worker do it, made by the timer so that it inherits nothing from a plugin that happens to be on the stack. */
    public void execute(Runnable work) {
        timer.execute(() -> workers.execute(work));
    }

    /** Has a worker do it after a while. */
    public void after(Duration delay, Runnable work) {
        timer.schedule(() -> workers.execute(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has the timer do it again and again, which must be quick. */
    public void every(Duration period, Runnable quick) {
        timer.scheduleWithFixedDelay(quick, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins nothing new, and waits a moment for what is under way. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
            workers.shutdown();
            workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
    }
}

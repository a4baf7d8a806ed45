package org.latchkey.notify;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads: one that keeps the time and never waits for anything, and as many as there is work at the moment, which
 * end when they are idle. All are made by the first, so that none inherits anything from a plugin that happens to be on
 * the stack. None is ever interrupted: an interrupt in the middle of a read would close an embedded database.
 */
final class Crew implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Crew.class);
    private static final BiFunction<Runnable, String, Thread> PLAIN = Thread::new;
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int IDLE_SECONDS = 10;
    private static final int PATIENCE_SECONDS = 5;

    private final AtomicInteger made = new AtomicInteger();
    private final BiFunction<Runnable, String, Thread> making;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor workers;

    Crew() {
        this(PLAIN);
    }

    /** @param making makes a thread of a task and a name */
    Crew(BiFunction<Runnable, String, Thread> making) {
        this.making = making;
        this.timer = new ScheduledThreadPoolExecutor(1, threads("latchkey-outbox-timer"));
        this.workers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads("latchkey-outbox"),
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer.prestartCoreThread();
    }

    private ThreadFactory threads(String name) {
        return work -> {
            Thread thread = making.apply(work, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(Crew.class.getClassLoader());
            return thread;
        };
    }

    /** Has a worker do it; later, if the machine has no thread to spare. */
    void execute(Runnable work) {
        timer.execute(() -> begin(work));
    }

    /** Nobody would begin it again who believes that it runs. */
    private void begin(Runnable work) {
        try {
            workers.execute(work);
        } catch (OutOfMemoryError noThread) {
            log.atError().setCause(noThread).log("no thread to be had; tried again");
            timer.schedule(() -> begin(work), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Has the timer do it, which must be quick. */
    void after(Duration delay, Runnable quick) {
        timer.schedule(contained(quick), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Goes on when it fails. */
    void every(Duration period, Runnable quick) {
        timer.scheduleWithFixedDelay(contained(quick), 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Catches everything that is no Error: the timer would end what fails once, and say nothing. */
    private static Runnable contained(Runnable quick) {
        return () -> {
            try {
                quick.run();
            } catch (RuntimeException failed) {
                log.atError().setCause(failed).log("something that is done now and then failed");
            }
        };
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

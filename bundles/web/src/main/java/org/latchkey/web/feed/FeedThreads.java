package org.latchkey.web.feed;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads that serve all feeds. They start with the first feed and have nothing of whoever wakes a feed, be it a
 * plugin: no context class loader, no inherited thread locals.
 */
final class FeedThreads {

    private static final Logger log = LoggerFactory.getLogger(FeedThreads.class);
    private static final int FEWEST = 4;
    private static final long LOOK_MILLIS = 100;
    private static final long FAREWELL_SECONDS = 3;

    private final ThreadPoolExecutor workers;
    private final Farewells farewells;
    private final ScheduledThreadPoolExecutor clock;

    FeedThreads() {
        int number = Math.max(FEWEST, Runtime.getRuntime().availableProcessors());
        workers = pool(number, "latchkey-feed-");
        farewells = new Farewells(factory("latchkey-feed-farewell-"));
        clock = new ScheduledThreadPoolExecutor(1, factory("latchkey-feed-clock-"), FeedThreads::late);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadPoolExecutor pool(int number, String name) {
        return new ThreadPoolExecutor(
                number, number, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(name), FeedThreads::late);
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, name + count.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(FeedThreads.class.getClassLoader());
            return thread;
        };
    }

    /** Whoever wakes a feed may do so when all have ended. */
    private static void late(Runnable task, ThreadPoolExecutor stopped) {
        if (!stopped.isShutdown()) {
            throw new RejectedExecutionException("The threads of the feeds take nothing.");
        }
        log.atDebug().log("A feed is woken after the end");
    }

    /** Starts them on the caller's thread, which is the server's own. */
    void start() {
        workers.prestartAllCoreThreads();
        clock.prestartAllCoreThreads();
    }

    /** Has this done soon; returns at once. */
    void execute(Runnable task) {
        workers.execute(task);
    }

    /** Has this done some time, by a thread that may be lost to the extension. */
    void farewell(Object extension, Runnable task) {
        farewells.add(extension, task);
    }

    /** Has this done at the next look at the clock. */
    void later(Runnable task) {
        clock.schedule(task, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One of them is stuck in a plugin. */
    synchronized void oneMore() {
        workers.setMaximumPoolSize(workers.getMaximumPoolSize() + 1);
        workers.setCorePoolSize(workers.getCorePoolSize() + 1);
    }

    /** It came back. */
    synchronized void oneLess() {
        workers.setCorePoolSize(workers.getCorePoolSize() - 1);
        workers.setMaximumPoolSize(workers.getMaximumPoolSize() - 1);
    }

    /** Lets what is waiting be done, for a moment, and ends. */
    void stop() {
        clock.shutdown();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                log.atWarn().log("A plugin holds up the end of its feeds");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        farewells.stop();
    }
}

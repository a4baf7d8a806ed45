package org.latchkey.web.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the feeds of extensions that cannot be called any more. Each extension has one thread for all its farewells, while it
 * has any: one whose feed never comes back holds up its own alone. Bounded: what comes after {@value #MOST_THREADS} extensions
 * that hang, or after {@value #MOST_WAITING} feeds of one, is not told, and the log says so.
 */
final class Farewells {

    static final int MOST_THREADS = 32;
    static final int MOST_WAITING = 10_000;

    private static final Logger log = LoggerFactory.getLogger(Farewells.class);

    private final ThreadPoolExecutor threads;

    /** What each still has to be told; there is an entry as long as it has a thread. */
    private final Map<Object, Deque<Runnable>> waiting = new HashMap<>();

    Farewells(ThreadFactory factory) {
        threads = new ThreadPoolExecutor(0, MOST_THREADS, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /**
     * Returns at once.
     *
     * @param extension whose farewell it is
     * @param farewell throws nothing
     */
    void add(Object extension, Runnable farewell) {
        if (!joins(extension, farewell)) {
            return;
        }
        try {
            threads.execute(() -> tellAll(extension));
        } catch (RejectedExecutionException tooMany) {
            forget(extension);
            log.atWarn().setCause(tooMany).log("Feeds are not closed: too many plugins hold up the end of theirs");
        }
    }

    /** Puts it behind the others of the extension; says whether it needs a thread. */
    private synchronized boolean joins(Object extension, Runnable farewell) {
        boolean isFirst = !waiting.containsKey(extension);
        Deque<Runnable> ofExtension = waiting.computeIfAbsent(extension, none -> new ArrayDeque<>());
        if (ofExtension.size() < MOST_WAITING) {
            ofExtension.add(farewell);
        } else {
            log.atWarn().log("A feed is not closed: its plugin holds up the end of too many");
        }
        return isFirst;
    }

    private void tellAll(Object extension) {
        Optional<Runnable> next = next(extension);
        while (next.isPresent()) {
            next.get().run();
            next = next(extension);
        }
    }

    private synchronized Optional<Runnable> next(Object extension) {
        Optional<Runnable> next = Optional.ofNullable(waiting.get(extension).poll());
        if (next.isEmpty()) {
            waiting.remove(extension);
        }
        return next;
    }

    private synchronized void forget(Object extension) {
        waiting.remove(extension);
    }

    /** Lets what is waiting be done, for a moment, and ends. */
    void stop() {
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}

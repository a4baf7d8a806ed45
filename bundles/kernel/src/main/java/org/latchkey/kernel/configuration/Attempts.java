package org.latchkey.kernel.configuration;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.InvalidSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of configurations that may fail for want of a disk, or since somebody else changes the same one: each is tried
 * until it works, after pauses that double from {@value #FIRST_PAUSE_MILLIS} ms to {@value #LONGEST_PAUSE_MILLIS} ms.
 */
final class Attempts implements AutoCloseable {

    static final long FIRST_PAUSE_MILLIS = 50;
    static final long LONGEST_PAUSE_MILLIS = 10_000;

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    /** May be done more than once. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InvalidSyntaxException;
    }

    private final ScheduledThreadPoolExecutor later;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    Attempts() {
        later = new ScheduledThreadPoolExecutor(1, Attempts::thread, new ThreadPoolExecutor.DiscardPolicy());
        later.setKeepAliveTime(1, TimeUnit.SECONDS);
        later.allowCoreThreadTimeOut(true); // there is hardly ever anything to do
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "latchkey-overrides");
        thread.setDaemon(true);
        return thread;
    }

    /** Does it now, and else later; what is done for one PID comes to the same, so one of it waits at a time. */
    void make(String pid, Work work) {
        if (fails(pid, work)) {
            again(pid, work, FIRST_PAUSE_MILLIS);
        }
    }

    private void again(String pid, Work work, long pauseMillis) {
        if (waiting.add(pid)) {
            later.schedule(() -> retry(pid, work, pauseMillis), pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void retry(String pid, Work work, long pauseMillis) {
        waiting.remove(pid); // before it is done: what fails from now on may have failed for a later reason
        if (fails(pid, work)) {
            again(pid, work, Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis));
        } else {
            log.atInfo().addKeyValue("pid", pid).log("the settings of the environment count again");
        }
    }

    private static boolean fails(String pid, Work work) {
        try {
            work.run();
            return false;
        } catch (IOException | InvalidSyntaxException | IllegalStateException failed) {
            log.atError()
                    .addKeyValue("pid", pid)
                    .setCause(failed)
                    .log("the settings of the environment may not count; this is tried again");
            return true;
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}

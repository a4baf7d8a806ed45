package org.latchkey.kernel.extension;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every thread that is inside a plugin, about forty times a second. A call past its deadline is
 * interrupted; one that does not come back even so is given up: its extension is out of service until it
 * returns, and whoever waits for it is answered by another thread.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration PERIOD = Duration.ofMillis(25);
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Watch> ofThread = ThreadLocal.withInitial(this::watchThisThread);
    private final Thread thread = new Thread(this::run, "latchkey-watchdog");
    private final Runnable tick;
    private volatile boolean closed;

    /** @param tick what else is to be done at every look */
    Watchdog(Runnable tick) {
        this.tick = tick;
        thread.setDaemon(true);
        thread.start();
    }

    /** The watch of the calling thread. */
    Watch watch() {
        return ofThread.get();
    }

    private Watch watchThisThread() {
        Watch watch = Watch.ofThisThread();
        watches.add(watch);
        return watch;
    }

    /** A watch for one nested call; {@link #forget} it afterwards. */
    Watch nested(Watch outer) {
        Watch watch = outer.nested();
        watches.add(watch);
        return watch;
    }

    void forget(Watch watch) {
        watches.remove(watch);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(PERIOD.toNanos());
            tick.run();
            long now = System.nanoTime();
            for (Watch watch : watches) {
                if (watch.thread.isAlive()) {
                    watch.inspect(now, GRACE.toNanos()).ifPresent(this::apply);
                } else {
                    watches.remove(watch);
                }
            }
        }
    }

    /** On a thread of its own: answering a client may block, and the other calls are still to be watched. */
    private void apply(Remedy innermost) {
        log.warn("a call into a plugin does not come back");
        Thread doctor = new Thread(innermost::apply, "latchkey-remedy");
        doctor.setDaemon(true);
        doctor.start();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

package org.latchkey.outbound;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Workers for many destinations, of which none gets more than its share: a slow one keeps nobody else from being called. */
final class Traffic {

    private static final int IDLE_SECONDS = 1;

    private final ThreadPoolExecutor workers;
    private final int perDestination;
    private final int most;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition finished = lock.newCondition();
    private final Map<String, Destination> destinations = new HashMap<>();
    private int taken;
    private boolean closed;
    private volatile boolean dropping;

    private static final class Destination {
        private final Queue<Work> waiting = new ArrayDeque<>();
        private int underWay;
    }

    /** Something to be done, or not: then it is told. */
    interface Work {
        void run();

        void drop();
    }

    Traffic(int atOnce, int perDestination, int waiting, ThreadFactory threads) {
        this.workers = new ThreadPoolExecutor(
                atOnce, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        workers.allowCoreThreadTimeOut(true);
        this.perDestination = perDestination;
        this.most = atOnce + waiting;
    }

    /** Has a worker do it when it is its turn; false if too much waits, or this is closed. */
    boolean take(String name, Work work) {
        lock.lock();
        try {
            if (closed || taken >= most) {
                return false;
            }
            taken++;
            Destination destination = destinations.computeIfAbsent(name, any -> new Destination());
            if (destination.underWay < perDestination) {
                destination.underWay++;
                workers.execute(() -> run(name, destination, work));
            } else {
                destination.waiting.add(work);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void run(String name, Destination destination, Work work) {
        try {
            if (dropping) {
                work.drop();
            } else {
                work.run();
            }
        } finally {
            next(name, destination);
        }
    }

    /** The next for the same destination goes behind what waits for others. */
    private void next(String name, Destination destination) {
        lock.lock();
        try {
            taken--;
            Work next = destination.waiting.poll();
            if (next != null) {
                workers.execute(() -> run(name, destination, next));
            } else if (--destination.underWay == 0) {
                destinations.remove(name);
            }
            finished.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more, and gives what was taken a moment. Whether all of it is done by then. */
    boolean end(long patienceMillis) throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            long left = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            while (taken > 0 && left > 0) {
                left = finished.awaitNanos(left);
            }
            return taken == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits; gives how much that is. What is under way ends when its connection is cut off. */
    int drop() {
        lock.lock();
        try {
            closed = true;
            dropping = true;
            int dropped = 0;
            for (Destination destination : destinations.values()) {
                for (Work work : destination.waiting) {
                    work.drop();
                    dropped++;
                }
                destination.waiting.clear();
            }
            taken -= dropped;
            workers.shutdown();
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    void await(long millis) throws InterruptedException {
        workers.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}

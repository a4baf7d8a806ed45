package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.latchkey.api.Refusal;

/**
 * One change at a time for each name, so that parallel changes of one entity wait for one another instead
 * of running into its version again and again. A semaphore and not a lock: if the thread that has the turn
 * is stuck in a plugin, another one ends it. Behind such a one few wait, and the rest is turned away at once:
 * whoever waits holds a thread of the server, and others need those. Behind one that waits for the store all wait.
 */
final class Turns {

    private static final int MOST_WAIT_SECONDS = 10;
    private static final int MOST_BEHIND_STUCK_ONES = 16;
    private static final long SLOW_MILLIS = 200;

    private final class Queue extends Semaphore {

        private static final long serialVersionUID = 1L;

        private int users;
        private volatile long movedAt = System.nanoTime();
        private volatile BooleanSupplier isInPlugin = () -> false;

        Queue() {
            super(1, true);
        }

        boolean isStuck() {
            return System.nanoTime() - movedAt > slowNanos && isInPlugin.getAsBoolean();
        }
    }

    private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final long slowNanos;

    Turns() {
        this(SLOW_MILLIS);
    }

    /**
     * @param slowMillis how long a turn may last before few wait for the end of one that is inside a plugin
     */
    Turns(long slowMillis) {
        this.slowNanos = TimeUnit.MILLISECONDS.toNanos(slowMillis);
    }

    /** How many wait just now, for whatever name. */
    int waiting() {
        return waiting.get();
    }

    /**
     * Waits for the turn of all these names, in the order given, which must be the same for everybody.
     *
     * @param isInPlugin whether who has the turn is waiting for a plugin just then
     */
    Turn take(List<String> names, BooleanSupplier isInPlugin) {
        Turn turn = new Turn(isInPlugin);
        try {
            names.forEach(turn::add);
            return turn;
        } catch (Refusal busy) {
            turn.end();
            throw busy;
        }
    }

    /** The turn of some names, until {@link #end} is called by whoever may. */
    final class Turn {

        private final List<String> names = new ArrayList<>();
        private final BooleanSupplier isInPlugin;

        private Turn(BooleanSupplier isInPlugin) {
            this.isInPlugin = isInPlugin;
        }

        private void add(String name) {
            Queue queue = queues.compute(name, (key, present) -> {
                Queue used = present == null ? new Queue() : present;
                used.users++;
                return used;
            });
            if (!acquired(queue, isInPlugin)) {
                leave(name);
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "busy", "Too many changes of the same at once; try again.");
            }
            names.add(name);
        }

        synchronized void end() {
            for (String name : names) {
                queues.get(name).release();
                leave(name);
            }
            names.clear();
        }

        private void leave(String name) {
            queues.computeIfPresent(name, (key, queue) -> --queue.users == 0 ? null : queue);
        }
    }

    private boolean acquired(Queue queue, BooleanSupplier isInPlugin) {
        try {
            boolean acquired = queue.tryAcquire(0, TimeUnit.SECONDS) || waited(queue);
            if (acquired) {
                queue.movedAt = System.nanoTime();
                queue.isInPlugin = isInPlugin;
            }
            return acquired;
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean waited(Queue queue) throws InterruptedException {
        int others = waiting.getAndIncrement();
        try {
            return (others < MOST_BEHIND_STUCK_ONES || !queue.isStuck())
                    && queue.tryAcquire(MOST_WAIT_SECONDS, TimeUnit.SECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }
}

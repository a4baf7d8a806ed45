package org.latchkey.store.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lets commits that touch the same row or unique value go one after the other. H2 2.4.240 now and then tells both of
 * two updates of one row that meet that they found it at the version they asked for, and keeps only the later one; and
 * with any database it is cheaper to wait here than to try again there.
 */
final class RowLocks {

    /** Two commits that share no row wait for one another once in so many. */
    private static final int STRIPES = 1024;

    private final Lock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

    /** What a commit holds until it releases it. */
    interface Held {
        void release();
    }

    /**
     * Waits for everybody who is before this commit.
     *
     * @throws org.latchkey.api.Refusal that the database is unavailable, if that takes longer or the thread is
     *     interrupted
     */
    Held hold(Plan plan, long nanos) {
        Deque<Lock> held = new ArrayDeque<>();
        boolean complete = false;
        long end = System.nanoTime() + nanos;
        try {
            for (int stripe : stripes(plan).sorted().distinct().toArray()) {
                if (!stripes[stripe].tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw Fault.busy();
                }
                held.push(stripes[stripe]);
            }
            complete = true;
            return () -> held.forEach(Lock::unlock);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Fault.busy();
        } finally {
            if (!complete) {
                held.forEach(Lock::unlock);
            }
        }
    }

    /** In an order that is the same for everybody, once they are sorted. */
    private static IntStream stripes(Plan plan) {
        return plan.targets().stream()
                .flatMapToInt(target -> IntStream.concat(
                        IntStream.of(target.row().hashCode()),
                        target.wanted().stream().filter(Entry::unique).mapToInt(RowLocks::valueHash)))
                .map(hash -> Math.floorMod(hash ^ hash >>> 16, STRIPES));
    }

    private static int valueHash(Entry entry) {
        return 31 * (31 * entry.row().kind().hashCode() + entry.field().hashCode())
                + entry.value().hashCode();
    }
}

package org.latchkey.kernel.extension;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * How the calls of one extension go: how many fail, and how long they take. Reading the clock costs more than
 * calling a hook, so as a rule only one call is measured each time somebody {@link #tick}s; while a new
 * revision is on probation, every one is.
 */
final class Meter {

    private static final int KEPT = 256;

    private static final Call UNMEASURED = new Call(null);

    private final AtomicLongArray lastNanos = new AtomicLongArray(KEPT);
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Set<Call> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean exact;

    /** Not volatile on purpose: whether the call after a tick or the one after that is measured is the same. */
    private boolean due;

    /** One call, from {@link Meter#begin} to its end. */
    static final class Call {

        private final Meter meter;
        private final long start;

        private Call(Meter meter) {
            this.meter = meter;
            this.start = meter == null ? 0 : System.nanoTime();
        }

        boolean isMeasured() {
            return meter != null;
        }

        void succeeded() {
            if (meter != null) {
                meter.end(this);
            }
        }

        void failed() {
            if (meter != null) {
                meter.failed.incrementAndGet();
                meter.end(this);
            }
        }
    }

    Call begin() {
        if (!due && !exact) {
            return UNMEASURED;
        }
        due = false;
        Call call = new Call(this);
        inFlight.add(call);
        return call;
    }

    private void end(Call call) {
        inFlight.remove(call);
        lastNanos.set((int) (ended.getAndIncrement() % KEPT), System.nanoTime() - call.start);
    }

    void tick() {
        due = true;
    }

    /** Measures every call from now on, or only samples. */
    void exact(boolean changed) {
        exact = changed;
    }

    /** The measured calls, those that have not ended yet among them. */
    long calls() {
        return ended.get() + inFlight.size();
    }

    long failures() {
        return failed.get();
    }

    /** The share of the measured calls that failed, 0 to 1. */
    double failureRate() {
        return (double) failures() / Math.max(1, calls());
    }

    /** What a call takes as a rule: of the latest ones the one in the middle; a call in flight counts with its age. */
    long medianNanos() {
        long now = System.nanoTime();
        int kept = (int) Math.min(KEPT, ended.get());
        long[] all = LongStream.concat(
                        LongStream.range(0, kept).map(i -> lastNanos.get((int) i)),
                        inFlight.stream().mapToLong(call -> now - call.start))
                .sorted()
                .toArray();
        return all.length == 0 ? 0 : all[all.length / 2];
    }

    /** The shortest of the last calls that ended, 0 before there are as many. */
    long shortestNanosOfLast(int number) {
        long count = ended.get();
        return count < number
                ? 0
                : LongStream.range(count - number, count)
                        .map(i -> lastNanos.get((int) (i % KEPT)))
                        .min()
                        .orElse(0);
    }
}

package org.latchkey.itest.live;

import java.util.Collection;
import java.util.Locale;

/** How long answers took. */
public final class Latencies {

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    /** Those of one kind of request; all of them if the kind is empty. */
    public static Latencies of(Collection<Load.Sample> samples, String kind) {
        return new Latencies(samples.stream()
                .filter(sample -> kind.isEmpty() || sample.kind().equals(kind))
                .mapToLong(Load.Sample::latencyNanos)
                .sorted()
                .toArray());
    }

    /** So much of them is not above this, in milliseconds. */
    public double quantile(double share) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %7.1f ms   p99 %7.1f ms   worst %7.1f ms   of %d",
                quantile(0.5),
                quantile(0.99),
                quantile(1),
                sorted.length);
    }
}

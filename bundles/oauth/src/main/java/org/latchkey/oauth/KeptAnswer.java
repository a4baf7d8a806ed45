package org.latchkey.oauth;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An answer that is the same for everybody, made anew when what it is made of has become another object, and twice a second in
 * any case: a plugin may say something else without being replaced, or have failed for a moment.
 */
final class KeptAnswer<T> {

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Supplier<Object> source;
    private final Supplier<T> maker;
    private final LongSupplier nanoTime;
    private volatile Kept<T> kept;

    /** @param source read before the answer is made, so that one made of less is never taken for one of more */
    private record Kept<T>(Object source, long since, T answer) {}

    /**
     * @param source what the answer is made of
     * @param maker makes it; what it throws is thrown on, and not remembered
     * @param nanoTime as {@link System#nanoTime()}
     */
    KeptAnswer(Supplier<Object> source, Supplier<T> maker, LongSupplier nanoTime) {
        this.source = source;
        this.maker = maker;
        this.nanoTime = nanoTime;
    }

    T get() {
        Object now = source.get();
        long moment = nanoTime.getAsLong();
        Kept<T> known = kept;
        if (known == null || known.source() != now || moment - known.since() >= LONGEST_NANOS) {
            known = new Kept<>(now, moment, maker.get());
            kept = known;
        }
        return known.answer();
    }
}

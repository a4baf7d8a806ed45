package org.latchkey.kernel.extension;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Holds how a new revision of an extension does against how the one before it did. */
final class Judgement {

    private static final int FEWEST_FAILURES = 5;
    private static final int FEWEST_CALLS = 5;
    private static final double TOLERATED_FAILURES = 0.1;
    private static final long TOLERATED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TOLERATED_TIMES = 3;

    private Judgement() {}

    /**
     * What speaks against the new one in one sentence, or nothing.
     *
     * @param old the extensions of the revision before, the same one among them if it was there
     */
    static Optional<String> objection(Slot<?> fresh, List<Slot<?>> old) {
        Optional<Slot<?>> before =
                old.stream().filter(each -> isSame(each, fresh)).findFirst();
        return outOfService(fresh).or(() -> fails(fresh, before)).or(() -> slow(fresh, before));
    }

    /** What keeps an extension from being called in one sentence, or nothing. */
    static Optional<String> outOfService(Slot<?> slot) {
        return slot.outOfService().map(reason -> name(slot) + " does not do its work: " + reason + ".");
    }

    private static Optional<String> fails(Slot<?> fresh, Optional<? extends Slot<?>> before) {
        Meter now = fresh.guard().meter();
        double tolerated = TOLERATED_FAILURES
                + before.map(slot -> slot.guard().meter().failureRate()).orElse(0.0);
        return now.failures() >= FEWEST_FAILURES && now.failureRate() > tolerated
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%s fails too often: %d of %d calls%s.",
                        name(fresh),
                        now.failures(),
                        now.calls(),
                        before.map(slot -> String.format(
                                        Locale.ROOT,
                                        ", before %.0f %%",
                                        100 * slot.guard().meter().failureRate()))
                                .orElse("")))
                : Optional.empty();
    }

    private static Optional<String> slow(Slot<?> fresh, Optional<? extends Slot<?>> before) {
        Optional<Meter> old = before.map(slot -> slot.guard().meter()).filter(meter -> meter.calls() >= FEWEST_CALLS);
        Meter now = fresh.guard().meter();
        if (old.isEmpty() || now.calls() < FEWEST_CALLS) {
            return Optional.empty();
        }
        long was = old.get().medianNanos();
        long is = now.medianNanos();
        return is > was * TOLERATED_TIMES + TOLERATED_NANOS
                ? Optional.of(name(fresh) + " is too slow: a call takes " + TimeUnit.NANOSECONDS.toMillis(is)
                        + " ms and more, before " + TimeUnit.NANOSECONDS.toMillis(was) + " ms.")
                : Optional.empty();
    }

    private static boolean isSame(Slot<?> one, Slot<?> other) {
        return one.identity().point().equals(other.identity().point())
                && one.identity().name().equals(other.identity().name());
    }

    private static String name(Slot<?> slot) {
        return "Its " + slot.identity().point() + " " + slot.identity().name();
    }
}

package org.latchkey.kernel.extension;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Whether an extension may be called, after how its last calls went.
 *
 * <pre>
 * IN_SERVICE  --too many failures, or by hand--&gt;  QUARANTINED
 * QUARANTINED --its time is over----------------&gt;  ON_TRIAL     (one call is let through)
 * ON_TRIAL    --the call succeeds---------------&gt;  IN_SERVICE
 * ON_TRIAL    --the call fails------------------&gt;  QUARANTINED  (twice as long)
 * any         --released by hand----------------&gt;  IN_SERVICE
 * </pre>
 *
 * <p>Too many failures are half of the last twenty calls, but at least five. Calls that are late are another
 * matter, since a server that has too much to do makes them late too: too many of those are ten in a row. As long
 * as nothing fails a call costs one read here; the outcomes are only written down after a failure.
 */
final class Quarantine {

    private enum State {
        IN_SERVICE,
        QUARANTINED,
        ON_TRIAL
    }

    /** The last calls that are looked at, one bit each; half of them, but no fewer than so many, may not fail. */
    private static final int LAST_CALLS = 20;

    private static final int FEWEST_FAILURES = 5;
    private static final int LATE_IN_A_ROW = 10;
    private static final long WINDOW = (1L << LAST_CALLS) - 1;
    private static final long LONGEST_PAUSE = 20;

    private final LongSupplier firstPauseNanos;
    private final Consumer<String> onChange;
    private volatile State state = State.IN_SERVICE;
    private volatile boolean alert;
    private volatile String reason = "";
    private long failures;
    private int calls;
    private int lateInARow;
    private long pauses = 1;
    private long until;
    private boolean untilReleased;

    /**
     * @param firstPauseNanos how long before the first call is let through on trial, asked each time
     * @param onChange gets the reason whenever the extension is put in quarantine, and the empty text when it leaves
     */
    Quarantine(LongSupplier firstPauseNanos, Consumer<String> onChange) {
        this.firstPauseNanos = firstPauseNanos;
        this.onChange = onChange;
    }

    /** Why the extension may not be called, or the empty text. */
    String reason() {
        return reason;
    }

    /** Whether no call is let through at this moment. */
    boolean isShut() {
        return state != State.IN_SERVICE && isShutNow();
    }

    private synchronized boolean isShutNow() {
        return state == State.ON_TRIAL
                || state == State.QUARANTINED && (untilReleased || System.nanoTime() - until < 0);
    }

    /** Lets a call through, or not; the one call on trial is to be told of as every other. */
    boolean admits() {
        return state == State.IN_SERVICE || admitsTrial();
    }

    private synchronized boolean admitsTrial() {
        if (state == State.QUARANTINED && !isShutNow()) {
            state = State.ON_TRIAL;
            return true;
        }
        return state == State.IN_SERVICE;
    }

    void succeeded() {
        if (alert) {
            wellDone();
        }
    }

    private synchronized void wellDone() {
        if (state == State.ON_TRIAL) {
            open();
        } else if (state == State.IN_SERVICE) {
            note(0);
            lateInARow = 0;
            if (failures == 0 && calls == LAST_CALLS) {
                alert = false;
                pauses = 1;
            }
        }
    }

    synchronized void failed(String what) {
        alert = true;
        if (state == State.ON_TRIAL) {
            failedTrial(what);
        } else if (state == State.IN_SERVICE) {
            note(1);
            int failed = Long.bitCount(failures);
            if (failed >= FEWEST_FAILURES && failed * 2 >= calls) {
                shut(failed + " of its last " + calls + " calls failed; the last one " + what);
            }
        }
    }

    synchronized void late() {
        alert = true;
        if (state == State.ON_TRIAL) {
            failedTrial("was late");
        } else if (state == State.IN_SERVICE && ++lateInARow >= LATE_IN_A_ROW) {
            shut("it did not answer in time, " + lateInARow + " times in a row");
        }
    }

    private void failedTrial(String what) {
        pauses = Math.min(LONGEST_PAUSE, pauses * 2);
        shut("it was tried again and " + what);
    }

    private void note(long failure) {
        failures = (failures << 1 | failure) & WINDOW;
        calls = Math.min(LAST_CALLS, calls + 1);
    }

    /** Out of service whatever its calls were like, and tried again as after failures. */
    synchronized void impose(String why) {
        if (state == State.IN_SERVICE) {
            alert = true;
            shut(why);
        }
    }

    /** Out of service until {@link #release}. */
    synchronized void imposeByHand(String why) {
        alert = true;
        untilReleased = true;
        shut(why);
    }

    synchronized void release() {
        if (state != State.IN_SERVICE) {
            pauses = 1;
            open();
        }
    }

    private void shut(String why) {
        boolean isNew = reason.isEmpty();
        state = State.QUARANTINED;
        until = System.nanoTime() + firstPauseNanos.getAsLong() * pauses;
        reason = why;
        if (isNew) {
            onChange.accept(why);
        }
    }

    private void open() {
        state = State.IN_SERVICE;
        untilReleased = false;
        failures = 0;
        calls = 0;
        lateInARow = 0;
        reason = "";
        onChange.accept("");
    }
}

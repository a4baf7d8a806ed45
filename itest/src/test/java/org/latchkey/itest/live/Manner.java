package org.latchkey.itest.live;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a revision of {@link Chameleon} behaves: well, or broken in one of ten ways. */
public enum Manner {
    GOOD("", false),
    DOES_NOT_RESOLVE("org\\.acme\\.missing", false),
    ACTIVATOR_THROWS("no licence", false),
    ACTIVATOR_HANGS("within 2 s", false),
    COMPONENT_HANGS("within 2 s", false),
    SELF_CHECK_RED("the queue is full", false),
    ACTIVATION_LOOPS("within 2 s", false),
    THREE_OF_TEN_CALLS_FAIL("(?i)error|fail|threw", true),
    TWO_SECONDS_LATE("(?i)slow|late|latency|took|longer| ms| s ", true),
    LEAKS_A_THREAD_PER_CALL("(?i)thread", true),
    CALLS_LOOP("(?i)come back|in flight|stuck|slow|late|return|under way|longer", true);

    private final Pattern cause;
    private final boolean hurts;

    Manner(String cause, boolean hurts) {
        this.cause = Pattern.compile(cause);
        this.hurts = hurts;
    }

    /** Whether a line names the cause. */
    public boolean isNamedBy(String reason) {
        return cause.matcher(reason).find();
    }

    /** Whether its own callers may notice it: only what shows in calls may cost calls. */
    public boolean hurtsItsCallers() {
        return hurts;
    }

    /** What the plugin reads in its manifest. */
    String header() {
        return name().toLowerCase(Locale.ROOT);
    }
}

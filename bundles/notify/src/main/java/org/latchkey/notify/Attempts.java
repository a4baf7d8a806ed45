package org.latchkey.notify;

/** How often one notice was tried in vain, whichever is in hand. Any thread may ask. */
final class Attempts {

    private static final int MOST_REFUSALS = 3;

    private String key = "";
    private int made;
    private int refusals;

    /** Begins anew unless it is the same as before. */
    synchronized void of(String notice) {
        if (!key.equals(notice)) {
            key = notice;
            made = 0;
            refusals = 0;
        }
    }

    /** The notifier says that it will never take it; counts besides as {@link #failed}. */
    synchronized void refused() {
        refusals++;
    }

    /** One more; says how many that makes. */
    synchronized int failed() {
        return ++made;
    }

    /**
     * Whether it is given up. What was refused for good is so after a few times, so that it does not hold the others for long.
     *
     * @param most 0 for never
     */
    synchronized boolean areEnough(int most) {
        return refusals >= MOST_REFUSALS || (most > 0 && made >= most);
    }
}

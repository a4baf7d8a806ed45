package org.latchkey.cas;

/**
 * A text that may be looked at so often and no more: a regular expression that goes back and forth over it without end is
 * stopped after some milliseconds.
 */
final class BoundedText implements CharSequence {

    /** In characters looked at; some hundred for each of the longest URL. */
    private static final int MOST = 500_000;

    private final CharSequence text;
    private int looks;

    BoundedText(CharSequence text) {
        this.text = text;
    }

    /** It was looked at too often. */
    static final class TooMuchWork extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuchWork() {
            super("too much work", null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        if (++looks > MOST) {
            throw new TooMuchWork();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

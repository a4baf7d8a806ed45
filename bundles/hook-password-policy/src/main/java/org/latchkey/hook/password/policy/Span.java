package org.latchkey.hook.password.policy;

/**
 * A stretch of code points, without a copy of them.
 *
 * @param points the array it lies in
 * @param from its first place
 * @param to the place after its last
 */
record Span(int[] points, int from, int to) {

    int length() {
        return to - from;
    }

    Span until(int end) {
        return new Span(points, from, end);
    }

    Span after(int start) {
        return new Span(points, start, to);
    }

    /** Without what is no letter at either end: of {@code 12password!!} the word. */
    Span trimmed() {
        int first = from;
        int end = to;
        while (first < end && !Character.isLetter(points[first])) {
            first++;
        }
        while (end > first && !Character.isLetter(points[end - 1])) {
            end--;
        }
        return new Span(points, first, end);
    }

    /** The shortest beginning that gives the whole when repeated; the last time it may be cut short. */
    Span unit() {
        int length = 1;
        while (length < length() && !repeatsAfter(length)) {
            length++;
        }
        return new Span(points, from, Math.min(to, from + length));
    }

    private boolean repeatsAfter(int length) {
        for (int i = from + length; i < to; i++) {
            if (points[i] != points[i - length]) {
                return false;
            }
        }
        return true;
    }

    boolean startsAt(int place, Span word) {
        if (place + word.length() > to) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (points[place + i] != word.points[word.from + i]) {
                return false;
            }
        }
        return true;
    }

    /** A number that tells it from others: FNV-1a with 64 bits. */
    long fingerprint() {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                hash = (hash ^ (points[i] >>> shift & 0xff)) * 0x100000001b3L;
            }
        }
        return hash;
    }

    @Override
    public String toString() {
        return "Span[" + length() + "]";
    }
}

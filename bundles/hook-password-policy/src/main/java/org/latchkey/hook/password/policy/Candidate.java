package org.latchkey.hook.password.policy;

import java.text.Normalizer;
import java.util.Arrays;
import org.latchkey.api.Secret;

/**
 * A secret, or a word to compare it with, as code points in NFC with upper and lower case made equal (simple
 * case folding). Wiped on {@link #close()}.
 */
final class Candidate implements AutoCloseable {

    private final int[] points;

    private Candidate(int[] points) {
        this.points = points;
    }

    /** The secret's characters, which are in NFC already. */
    static Candidate of(Secret secret) {
        char[] chars = secret.chars();
        try {
            return new Candidate(folded(chars));
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    static Candidate of(String word) {
        return new Candidate(
                folded(Normalizer.normalize(word, Normalizer.Form.NFC).toCharArray()));
    }

    private static int[] folded(char[] chars) {
        int[] points = new int[Character.codePointCount(chars, 0, chars.length)];
        for (int i = 0, at = 0; i < points.length; i++) {
            int point = Character.codePointAt(chars, at);
            points[i] = Character.toLowerCase(Character.toUpperCase(point));
            at += Character.charCount(point);
        }
        return points;
    }

    int length() {
        return points.length;
    }

    /** All of it. */
    Span whole() {
        return new Span(points, 0, points.length);
    }

    @Override
    public void close() {
        Arrays.fill(points, 0);
    }
}

package org.latchkey.directory.search;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What texts are compared by: compatibility forms (NFKC) count as what they stand for, and case does not count. More
 * than Unicode's default folding, the dotless and the dotted i are the same letter; no language's own rules apply.
 */
final class Fold {

    /** The longest value of an index entry; longer ones are found by their beginning and compared in whole. */
    static final int MOST = 256;

    private Fold() {}

    static String of(String text) {
        return isAscii(text) ? text.toLowerCase(Locale.ROOT) : folded(text);
    }

    /** What an index entry has of a folded text: no half of a character beyond the limit. */
    static String cut(String folded) {
        if (folded.length() <= MOST) {
            return folded;
        }
        int end = Character.isHighSurrogate(folded.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return folded.substring(0, end);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** By way of the upper case, which undoes ligatures and sharp s, but not of its own upper case. */
    private static String folded(String text) {
        return normal(lower(lower(normal(text)).toUpperCase(Locale.ROOT)));
    }

    /** Letter by letter, whatever stands beside it: a sigma at the end is no other letter. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}

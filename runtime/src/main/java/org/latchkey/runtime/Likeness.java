package org.latchkey.runtime;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody meant who mistyped it. */
final class Likeness {

    private Likeness() {}

    /** The word with the fewest edits from this one, if they are at most a third of its letters. */
    static Optional<String> nearest(String typed, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt((String word) -> edits(typed, word))
                        .thenComparing(word -> word))
                .filter(word -> edits(typed, word) <= Math.max(typed.length(), word.length()) / 3);
    }

    /** As the end of a message: {@code ; did you mean x?}, or nothing. */
    static String hint(Optional<String> nearest) {
        return nearest.map(word -> "; did you mean " + word + "?").orElse("");
    }

    /** Insertions, deletions and replacements of one letter that lead from one to the other (Levenshtein). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}

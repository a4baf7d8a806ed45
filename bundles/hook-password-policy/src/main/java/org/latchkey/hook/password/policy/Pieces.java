package org.latchkey.hook.password.policy;

import java.util.List;

/**
 * Counts what there is to guess in a stretch of characters: each sequence (counting, the alphabet, a row of
 * the keyboard, the same again; forwards or backwards) is one piece, and so is a character on its own. What
 * is repeated counts once.
 */
final class Pieces {

    /** With this many there is something to guess: in a whole secret, or beside a name or commonplace word. */
    static final int ENOUGH = 8;

    private static final List<String> ROWS = List.of("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "!@#$%^&*()");

    private Pieces() {}

    static int of(Span span) {
        Span unit = span.unit();
        int pieces = unit.length() == 0 ? 0 : 1;
        for (int i = unit.from() + 1; i < unit.to(); i++) {
            if (!follows(unit.points()[i - 1], unit.points()[i])) {
                pieces++;
            }
        }
        return pieces;
    }

    private static boolean follows(int before, int after) {
        return before == after || areCounted(before, after) || ROWS.stream().anyMatch(row -> areIn(row, before, after));
    }

    private static boolean areCounted(int before, int after) {
        return Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after) && Math.abs(after - before) == 1;
    }

    private static boolean areIn(String row, int before, int after) {
        int first = row.indexOf(before);
        int second = row.indexOf(after);
        return first >= 0 && second >= 0 && Math.abs(first - second) == 1;
    }
}

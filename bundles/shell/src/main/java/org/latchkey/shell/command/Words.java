package org.latchkey.shell.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line: blanks separate them, {@code '...'} and {@code "..."} hold one together, a backslash takes the
 * next character as it is (not between single quotes). That is all there is.
 */
public final class Words {

    private static final String LANGUAGE = ";|&$(){}<>`";

    /**
     * The words of a line that is complete.
     *
     * @throws IllegalArgumentException if quotes are not closed, or the line uses what a shell has and this has not
     */
    public static List<String> of(String line) {
        return new Words(line).split();
    }

    /** The words of a line that is being typed: the last one is where the end of the line is, and may be empty. */
    static List<String> soFar(String line) {
        List<String> words = of(line);
        if (of(line + "x").size() == words.size()) {
            return words;
        }
        List<String> withNext = new ArrayList<>(words);
        withNext.add("");
        return withNext;
    }

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private Words(String line) {
        this.line = line;
    }

    private List<String> split() {
        while (at < line.length()) {
            char next = line.charAt(at++);
            if (Character.isWhitespace(next)) {
                endWord();
            } else {
                inWord = true;
                take(next);
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void take(char next) {
        if (next == '\'' || next == '"') {
            takeQuoted(next);
        } else if (next == '\\') {
            word.append(escaped());
        } else if (LANGUAGE.indexOf(next) >= 0) {
            throw new IllegalArgumentException(
                    "There are no pipes, variables or scripts here; put " + next + " in quotes.");
        } else {
            word.append(next);
        }
    }

    private void takeQuoted(char quote) {
        while (at < line.length()) {
            char next = line.charAt(at++);
            if (next == quote) {
                return;
            }
            word.append(next == '\\' && quote == '"' ? escaped() : next);
        }
        throw new IllegalArgumentException("A quote is not closed.");
    }

    private char escaped() {
        if (at == line.length()) {
            throw new IllegalArgumentException("The line ends in a backslash.");
        }
        return line.charAt(at++);
    }
}

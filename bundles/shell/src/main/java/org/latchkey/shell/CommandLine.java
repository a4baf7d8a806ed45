package org.latchkey.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line as it was typed, taken apart: blanks separate words, {@code '...'} and {@code "..."} hold one
 * together, a backslash takes the next character as it is (not between single quotes). That is all: none
 * of Gogo's language is ever evaluated, so no argument can turn into a command.
 *
 * @param name of the command, without the scope; empty for an empty line
 * @param words that follow it
 */
record CommandLine(String name, List<String> words) {

    private static final String SCOPE = "latchkey:";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}|");
    private static final String LANGUAGE = ";|&$(){}<>`";

    /**
     * @throws IllegalArgumentException if quotes are not closed, the name is none of Latchkey's, or the line uses
     *     what a shell has and this has not
     */
    static CommandLine parse(String line) {
        List<String> words = new Splitter(line).words();
        String first = words.isEmpty() ? "" : words.get(0);
        String name = first.startsWith(SCOPE) ? first.substring(SCOPE.length()) : first;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + first + "\" is not a command of Latchkey; \"help\" lists them.");
        }
        return new CommandLine(name, words.isEmpty() ? words : words.subList(1, words.size()));
    }

    /** Walks over the line once. */
    private static final class Splitter {

        private final String line;
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean inWord;
        private int at;

        Splitter(String line) {
            this.line = line;
        }

        List<String> words() {
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
}

package org.latchkey.shell;

import java.util.List;
import java.util.regex.Pattern;
import org.latchkey.shell.command.Words;

/**
 * A line as it was typed, taken apart into {@link Words}. None of Gogo's language is ever evaluated, so no argument can
 * turn into a command.
 *
 * @param name of the command, without the scope; empty for an empty line
 * @param words that follow it
 */
record CommandLine(String name, List<String> words) {

    private static final String SCOPE = "latchkey:";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}|");

    /**
     * @throws IllegalArgumentException if quotes are not closed, the name is none of Latchkey's, or the line uses
     *     what a shell has and this has not
     */
    static CommandLine parse(String line) {
        List<String> words = Words.of(line);
        String first = words.isEmpty() ? "" : words.get(0);
        String name = first.startsWith(SCOPE) ? first.substring(SCOPE.length()) : first;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + first + "\" is not a command of Latchkey; \"help\" lists them.");
        }
        return new CommandLine(name, words.isEmpty() ? words : words.subList(1, words.size()));
    }
}

package org.latchkey.runtime.procs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was typed after a verb: options, which may stand anywhere, and the other words in their order. After {@code --} all
 * are plain words.
 */
final class Words {

    private final List<String> plain = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> switches = new HashSet<>();

    private Words() {}

    /**
     * @param valued the options that have a value, by each of their names
     * @param bare the options that have none
     * @throws ClientFailure for any other option, and for a value that is missing
     */
    static Words parse(List<String> typed, Map<String, String> valued, Set<String> bare) {
        Words words = new Words();
        boolean options = true;
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            String name = word.startsWith("--") && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (!options || !word.startsWith("-") || word.equals("-")) {
                words.plain.add(word);
            } else if (word.equals("--")) {
                options = false;
            } else if (bare.contains(word)) {
                words.switches.add(word);
            } else if (valued.containsKey(name)) {
                String value = name.equals(word) ? next(typed, ++i, word) : word.substring(name.length() + 1);
                words.values.put(valued.get(name), value);
            } else {
                throw ClientFailure.misused("There is no option " + Terminal.plain(word) + " here.");
            }
        }
        return words;
    }

    private static String next(List<String> typed, int index, String option) {
        if (index >= typed.size()) {
            throw ClientFailure.misused(option + " wants a value.");
        }
        return typed.get(index);
    }

    /** @throws ClientFailure if there are fewer or more plain words */
    List<String> exactly(int count, String form) {
        if (plain.size() != count) {
            throw ClientFailure.misused("Usage: latchkey procs " + form);
        }
        return plain;
    }

    /** @throws ClientFailure if there are fewer */
    List<String> atLeast(int count, String form) {
        if (plain.size() < count) {
            throw ClientFailure.misused("Usage: latchkey procs " + form);
        }
        return plain;
    }

    boolean has(String option) {
        return switches.contains(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }
}

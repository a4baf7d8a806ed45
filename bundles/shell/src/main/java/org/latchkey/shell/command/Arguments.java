package org.latchkey.shell.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was given to a command.
 *
 * @param words in their places
 * @param options by name; flags with an empty value
 */
record Arguments(List<String> words, Map<String, String> options) {

    Arguments {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    /** A word that must be there, counted from 0. */
    String word(int place) {
        return words.get(place);
    }

    /** A word that may be there. */
    Optional<String> maybe(int place) {
        return place < words.size() ? Optional.of(words.get(place)) : Optional.empty();
    }

    /** The words from that place on. */
    List<String> from(int place) {
        return words.subList(Math.min(place, words.size()), words.size());
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    boolean wantsJson() {
        return has("json");
    }

    /** A number of an entity or a group; 0 for the next free one, if it was not given or is -1 (as in NetAuth). */
    long number(String option) {
        String given = options.getOrDefault(option, "-1");
        try {
            long number = Long.parseLong(given);
            return number == -1 ? 0 : number;
        } catch (NumberFormatException word) {
            throw new UsageException("--" + option + " needs a number, not " + given + ".");
        }
    }
}

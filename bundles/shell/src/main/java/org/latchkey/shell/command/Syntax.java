package org.latchkey.shell.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a command is written, in the very form that its usage shows: {@code ID} must be given, {@code [QUERY]}
 * may, {@code [VALUE...]} may be given several times, {@code ADD|DROP} is one of these words in either case,
 * {@code [--json]} is a flag and {@code [--number N]} an option with a value.
 */
final class Syntax {

    private static final Pattern OPTION = Pattern.compile("--([a-z-]+)(?: ([A-Z]+))?");
    private static final Pattern BRACKETS = Pattern.compile("\\[--[^\\]]*\\]");

    private final String command;
    private final String form;

    /** Whether each option takes a value. */
    private final Map<String, Boolean> options = new HashMap<>();

    private final List<String> places = new ArrayList<>();

    /**
     * @param command its name, such as {@code entity create}
     * @param form what follows it
     */
    Syntax(String command, String form) {
        this.command = command;
        this.form = form;
        Matcher option = OPTION.matcher(form);
        while (option.find()) {
            options.put(option.group(1), option.group(2) != null);
        }
        String others = BRACKETS.matcher(form).replaceAll(" ").trim();
        if (!others.isEmpty()) {
            places.addAll(List.of(others.split(" +")));
        }
    }

    String usage() {
        return (command + " " + form).trim();
    }

    /**
     * Takes the words apart; after {@code --} no word is an option.
     *
     * @throws UsageException if they do not fit
     */
    Arguments parse(List<String> words) {
        List<String> plain = new ArrayList<>();
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                plain.addAll(words.subList(i + 1, words.size()));
                break;
            } else if (!word.startsWith("--")) {
                plain.add(word);
            } else if (takesNextWord(word)) {
                require(++i < words.size(), word + " needs a value.");
                given.put(word.substring(2), words.get(i));
            } else {
                takeWhole(word.substring(2), given);
            }
        }
        return new Arguments(checked(plain), given);
    }

    private boolean takesNextWord(String word) {
        return !word.contains("=") && options.getOrDefault(word.substring(2), false);
    }

    private void takeWhole(String option, Map<String, String> given) {
        int sign = option.indexOf('=');
        String name = sign < 0 ? option : option.substring(0, sign);
        Optional<Boolean> takesValue = Optional.ofNullable(options.get(name));
        require(takesValue.isPresent(), "There is no option --" + name + ".");
        require(takesValue.get() == sign >= 0, "--" + name + " takes no value.");
        given.put(name, sign < 0 ? "" : option.substring(sign + 1));
    }

    private List<String> checked(List<String> plain) {
        long needed = places.stream().filter(place -> !place.startsWith("[")).count();
        boolean openEnd = !places.isEmpty() && places.get(places.size() - 1).endsWith("...]");
        require(plain.size() >= needed, "Something is missing.");
        require(openEnd || plain.size() <= places.size(), "That is one word too many.");
        List<String> fitting = new ArrayList<>(plain);
        for (int i = 0; i < Math.min(plain.size(), places.size()); i++) {
            fitting.set(i, fitted(places.get(i), plain.get(i)));
        }
        return fitting;
    }

    private String fitted(String place, String word) {
        if (!place.contains("|")) {
            return word;
        }
        String choice = word.toUpperCase(Locale.ROOT);
        require(List.of(place.split("\\|")).contains(choice), word + " is none of " + place + ".");
        return choice;
    }

    private void require(boolean met, String otherwise) {
        if (!met) {
            throw new UsageException(otherwise + "\nUsage: " + usage());
        }
    }
}

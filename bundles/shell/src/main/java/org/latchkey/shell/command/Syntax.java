package org.latchkey.shell.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private static final Pattern COMMAND = Pattern.compile("(?:[a-z][a-z0-9-]*(?: |$))+");
    private static final Pattern BRACKETS = Pattern.compile("\\[--[^\\]]*\\]");

    private final String command;
    private final String form;

    /** What each option takes, empty if it is a flag. */
    private final Map<String, String> options = new LinkedHashMap<>();

    private final List<String> places = new ArrayList<>();

    /** The one that a usage line shows: the words in lower case at its beginning are the command. */
    static Syntax ofUsage(String usage) {
        Matcher command = COMMAND.matcher(usage);
        String name = command.lookingAt() ? command.group().strip() : "";
        return new Syntax(name, usage.substring(name.length()).strip());
    }

    /** The command, such as {@code entity create}, word by word. */
    List<String> command() {
        return List.of(command.split(" "));
    }

    /**
     * @param command its name, such as {@code entity create}
     * @param form what follows it
     */
    Syntax(String command, String form) {
        this.command = command;
        this.form = form;
        Matcher option = OPTION.matcher(form);
        while (option.find()) {
            options.put(option.group(1), Objects.requireNonNullElse(option.group(2), ""));
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
        return !word.contains("=")
                && !options.getOrDefault(word.substring(2), "").isEmpty();
    }

    private void takeWhole(String option, Map<String, String> given) {
        int sign = option.indexOf('=');
        String name = sign < 0 ? option : option.substring(0, sign);
        require(options.containsKey(name), "There is no option --" + name + ".");
        require(options.get(name).isEmpty() == sign < 0, "--" + name + " takes no value.");
        given.put(name, sign < 0 ? "" : option.substring(sign + 1));
    }

    /** What may come next. */
    record Next(List<String> places, List<String> options) {}

    /**
     * What may follow these words, of which the last may be an option that waits for its value: one place of the form,
     * without brackets, or none; and the options that were not given yet.
     */
    Next after(List<String> words) {
        int plain = 0;
        List<String> left = new ArrayList<>(options.keySet());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                plain++;
                continue;
            }
            String name = word.substring(2).split("=", 2)[0];
            left.remove(name);
            if (takesNextWord(word) && ++i == words.size()) {
                return new Next(List.of(options.get(name)), List.of());
            }
        }
        return new Next(place(plain).stream().toList(), left);
    }

    private Optional<String> place(int number) {
        if (places.isEmpty()) {
            return Optional.empty();
        }
        String last = places.get(places.size() - 1);
        return number < places.size()
                ? Optional.of(bare(places.get(number)))
                : Optional.of(last).filter(place -> place.endsWith("...]")).map(Syntax::bare);
    }

    private static String bare(String place) {
        return place.replaceAll("[\\[\\].]", "");
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

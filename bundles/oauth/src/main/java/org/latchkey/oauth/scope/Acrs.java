package org.latchkey.oauth.scope;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.latchkey.api.service.Sessions;

/**
 * The authentication context classes of an instance (OpenID Connect Core, 2: {@code acr}), and what has to be proved for
 * each: names of schemes and {@code password}.
 */
public final class Acrs {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern VALUE = Pattern.compile("[!-~&&[^\"\\\\]]{1,256}");

    /** From weak to strong. */
    private final Map<String, Set<String>> classes;

    private Acrs(Map<String, Set<String>> classes) {
        this.classes = new LinkedHashMap<>(classes);
    }

    /**
     * @param lines {@code VALUE=NAME+NAME} each, from weak to strong; nothing after the sign for one that every sign-in is in
     * @throws IllegalArgumentException with all that is wrong
     */
    public static Acrs of(List<String> lines) {
        Map<String, Set<String>> classes = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String line : lines) {
            int sign = line.lastIndexOf('=');
            String value = line.substring(0, Math.max(0, sign)).strip();
            Set<String> names = words(line.substring(sign + 1));
            if (!VALUE.matcher(value).matches() || !names.stream().allMatch(NAME.asMatchPredicate())) {
                faults.add("\"" + line + "\" is not of the form VALUE=NAME+NAME");
            } else if (classes.put(value, names) != null) {
                faults.add("there are two of \"" + value + "\"");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("acr: " + String.join("; ", faults) + ".");
        }
        return new Acrs(classes);
    }

    private static Set<String> words(String names) {
        return names.isBlank() ? Set.of() : new TreeSet<>(List.of(names.strip().split("\\s*\\+\\s*")));
    }

    /** All values, for the metadata. */
    public Set<String> values() {
        return classes.keySet();
    }

    /** The schemes that matter to these values. */
    Set<String> schemes(List<String> values) {
        return values.stream()
                .flatMap(value -> classes.getOrDefault(value, Set.of()).stream())
                .filter(name -> !name.equals(Sessions.PASSWORD))
                .collect(Collectors.toSet());
    }

    /** The class of what was proved: the first of those asked for that it is in, else the strongest. */
    Optional<String> reached(List<String> asked, Set<String> proved) {
        List<String> met = classes.keySet().stream()
                .filter(value -> proved.containsAll(classes.get(value)))
                .toList();
        return asked.stream().filter(met::contains).findFirst().or(() -> met.stream()
                .reduce((weak, strong) -> strong));
    }

    /** What is missing for a class. */
    record Step(boolean password, List<Want> wants) {}

    /**
     * What is missing for the first of these classes that somebody can get into: by what they have set up, or, if it has to be,
     * by what they could.
     */
    Optional<Step> step(AcrWish wish, Evidence evidence) {
        return first(wish, evidence, evidence::isRegistered)
                .or(() -> wish.essential() ? first(wish, evidence, evidence::isUsable) : Optional.empty());
    }

    private Optional<Step> first(AcrWish wish, Evidence evidence, java.util.function.Predicate<String> has) {
        return wish.values().stream()
                .filter(classes::containsKey)
                .map(classes::get)
                .filter(names -> names.stream().allMatch(name -> name.equals(Sessions.PASSWORD) || has.test(name)))
                .findFirst()
                .map(names -> step(names, evidence));
    }

    private static Step step(Set<String> names, Evidence evidence) {
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(evidence.proved());
        boolean password = missing.remove(Sessions.PASSWORD);
        return new Step(
                password,
                missing.stream()
                        .map(name -> evidence.isRegistered(name)
                                ? new Want(Set.of(name), Set.of(), 1)
                                : new Want(Set.of(), Set.of(name), 1))
                        .toList());
    }
}

package org.latchkey.oauth;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The parameters of a request, by name. Each comes once at most, except {@code resource} (RFC 8707); one without a value
 * counts as left out (RFC 6749, 3.1). None is longer than {@value #LONGEST} characters.
 */
public final class Parameters {

    private static final int LONGEST = 64 * 1024;
    private static final Set<String> REPEATABLE = Set.of("resource", "audience");

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Those of a form, or of anything else that lists them by name. */
    public static Parameters of(Map<String, List<String>> form) throws Refused {
        return of(form.keySet(), form::get);
    }

    /** Those of these names that a query has. */
    public static Parameters of(Collection<String> names, Function<String, List<String>> query) throws Refused {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String name : names) {
            List<String> all = query.apply(name);
            if (all.size() > 1 && !REPEATABLE.contains(name)) {
                throw Refused.of("invalid_request", "The parameter " + name + " is there more than once.");
            }
            List<String> filled = all.stream().filter(value -> !value.isEmpty()).toList();
            if (filled.stream().anyMatch(value -> value.length() > LONGEST)) {
                throw Refused.of("invalid_request", "The parameter " + name + " is too long.");
            }
            if (!filled.isEmpty()) {
                values.put(name, filled);
            }
        }
        return new Parameters(Map.copyOf(values));
    }

    /** Of single values. */
    public static Parameters ofValues(Map<String, String> single) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        single.forEach((name, value) -> values.put(name, List.of(value)));
        return new Parameters(Map.copyOf(values));
    }

    /** The value of a parameter; of a repeatable one the first. */
    public Optional<String> get(String name) {
        return all(name).stream().findFirst();
    }

    /** The value of a parameter that must be there. */
    public String require(String name) throws Refused {
        return get(name).orElseThrow(() -> Refused.of("invalid_request", "The parameter " + name + " is missing."));
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The same with this value, in place of those of that name. */
    public Parameters with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new Parameters(Map.copyOf(more));
    }

    /** The same with these values of a repeatable parameter. */
    public Parameters with(String name, List<String> all) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.copyOf(all));
        return new Parameters(Map.copyOf(more));
    }

    /** The same without that one. */
    public Parameters without(String name) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(values);
        fewer.remove(name);
        return new Parameters(Map.copyOf(fewer));
    }

    /** Those of these names. */
    public Parameters only(Collection<String> names) {
        Map<String, List<String>> kept = new LinkedHashMap<>(values);
        kept.keySet().retainAll(names);
        return new Parameters(Map.copyOf(kept));
    }

    public Map<String, List<String>> asMap() {
        return values;
    }

    /** Without the values, which may be secrets. */
    @Override
    public String toString() {
        return "Parameters" + new TreeMap<>(values).keySet();
    }
}

package org.latchkey.shell.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.MetaField;

/**
 * Which members of an object somebody wants to see, in this order: {@code --fields id,shell,kv.phone}. A point leads
 * into a member that has members; the fields of {@code meta} need no {@code meta.} before them.
 */
record FieldList(List<String> names) {

    private static final String META = "meta";

    /**
     * What was asked for, if anything was.
     *
     * @param known the members that the object has
     * @throws UsageException if a field is none of them
     */
    static Optional<FieldList> of(Arguments arguments, Set<String> known) {
        return arguments.option("fields").map(given -> {
            List<String> names = List.of(given.split(",", -1));
            for (String name : names) {
                if (!isKnown(name, known)) {
                    throw new UsageException(
                            "There is no field \"" + name + "\", only " + String.join(", ", known) + others(known));
                }
            }
            return new FieldList(names);
        });
    }

    private static String others(Set<String> known) {
        return known.contains(META) ? ", those of meta, and those of others after a point, as in kv.phone" : "";
    }

    private static boolean isKnown(String name, Set<String> known) {
        int point = name.indexOf('.');
        if (point < 0) {
            return known.contains(name)
                    || known.contains(META) && MetaField.of(name).isPresent();
        }
        String outer = name.substring(0, point);
        return known.contains(outer)
                && (!outer.equals(META)
                        || MetaField.of(name.substring(point + 1)).isPresent());
    }

    /** The wanted members of an object by the names they were asked for; what is not set in it is left out. */
    Map<String, Object> of(Map<String, Object> json) {
        Map<String, Object> picked = new LinkedHashMap<>();
        names.forEach(name -> value(name, json).ifPresent(value -> picked.put(name, value)));
        return picked;
    }

    private static Optional<Object> value(String name, Map<String, Object> json) {
        if (json.containsKey(name)) {
            return Optional.of(json.get(name));
        }
        int point = name.indexOf('.');
        Object outer = json.get(point < 0 ? META : name.substring(0, point));
        return outer instanceof Map<?, ?> inner
                ? Optional.ofNullable(inner.get(name.substring(point + 1)))
                : Optional.empty();
    }
}

package org.latchkey.api;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Unmodifiable copies that keep their order, for the values of this package. */
final class Frozen {

    private Frozen() {}

    static <T> Set<T> set(Set<T> from) {
        return from.size() < 2 ? Set.copyOf(from) : Collections.unmodifiableSet(new LinkedHashSet<>(from));
    }

    static <K, V> Map<K, V> map(Map<K, V> from) {
        return from.size() < 2 ? Map.copyOf(from) : Collections.unmodifiableMap(new LinkedHashMap<>(from));
    }

    static Map<String, List<String>> lists(Map<String, List<String>> from) {
        if (from.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> copy = new LinkedHashMap<>();
        from.forEach((key, values) -> copy.put(key, List.copyOf(values)));
        return Collections.unmodifiableMap(copy);
    }

    static <K, V> Map<K, V> with(Map<K, V> from, K key, V value) {
        Map<K, V> copy = new LinkedHashMap<>(from);
        if (value.equals("") || value instanceof Collection<?> values && values.isEmpty()) {
            copy.remove(key);
        } else {
            copy.put(key, value);
        }
        return copy;
    }
}

package org.latchkey.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The changes of KV, for hooks and for {@link org.latchkey.api.service.DirectoryWriter}: each takes the whole map and
 * gives a new one. There is one map with ordered values by key, and two ways to see it: NetAuth's KV2, where a key is
 * any text; and its untyped metadata, where a key has one value and may carry a Z-index, as in {@code phone{0}} and
 * {@code phone{1}}, so that one name stands for several keys.
 */
public final class Kv {

    private static final Pattern INDEXED = Pattern.compile("(.*)\\{(\\d{1,9})}", Pattern.DOTALL);

    private Kv() {}

    /** The name of a key, without its Z-index. */
    public static String name(String key) {
        Matcher indexed = INDEXED.matcher(key);
        return indexed.matches() ? indexed.group(1) : key;
    }

    /** READ: the entries of a name in the order of their Z-index, the one without an index first; {@code *} reads all. */
    public static Map<String, List<String>> read(Map<String, List<String>> kv, String name) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        kv.keySet().stream()
                .filter(key -> name.equals("*") || key.equals(name) || name(key).equals(name))
                .sorted(Comparator.comparing(Kv::name).thenComparingLong(Kv::index))
                .forEach(key -> found.put(key, kv.get(key)));
        return found;
    }

    private static long index(String key) {
        Matcher indexed = INDEXED.matcher(key);
        return indexed.matches() ? Long.parseLong(indexed.group(2)) : -1;
    }

    /** UPSERT: sets the one value of exactly this key. */
    public static UnaryOperator<Map<String, List<String>>> upsert(String key, String value) {
        return put(key, List.of(value));
    }

    /** CLEAREXACT: removes exactly this key, if it is there. */
    public static UnaryOperator<Map<String, List<String>>> clearExact(String key) {
        return put(key, List.of());
    }

    /** CLEARFUZZY: removes the key of this name and all that differ from it by a Z-index. */
    public static UnaryOperator<Map<String, List<String>>> clearFuzzy(String name) {
        return kv -> without(kv, read(kv, name).keySet());
    }

    /** Sets the values of a key; no values remove it. */
    public static UnaryOperator<Map<String, List<String>>> put(String key, List<String> values) {
        return kv -> Frozen.with(kv, key, values);
    }

    /** Sets the values of a key that is not there yet; refuses (EXISTS) if it is. */
    public static UnaryOperator<Map<String, List<String>>> add(String key, List<String> values) {
        return kv -> {
            if (kv.containsKey(key)) {
                throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is already a key \"" + key + "\".");
            }
            return Frozen.with(kv, key, values);
        };
    }

    /** Sets the values of a key that is there; refuses (NOT_FOUND) if it is not. */
    public static UnaryOperator<Map<String, List<String>>> replace(String key, List<String> values) {
        return kv -> {
            if (!kv.containsKey(key)) {
                throw Refusal.notFound("key", key);
            }
            return Frozen.with(kv, key, values);
        };
    }

    /** Removes a key; refuses (NOT_FOUND) if it is not there. */
    public static UnaryOperator<Map<String, List<String>>> remove(String key) {
        return replace(key, List.of());
    }

    private static Map<String, List<String>> without(Map<String, List<String>> kv, Collection<String> keys) {
        Map<String, List<String>> left = new LinkedHashMap<>(kv);
        left.keySet().removeAll(keys);
        return left;
    }
}

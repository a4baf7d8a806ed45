package org.latchkey.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.latchkey.api.Refusal;

/** The two changes of an entity's public keys. A key is itself and nothing that looks like it. */
final class Keys {

    private Keys() {}

    static UnaryOperator<Map<String, List<String>>> add(String type, String key) {
        return keys -> {
            List<String> ofType = new ArrayList<>(keys.getOrDefault(type, List.of()));
            if (ofType.contains(key)) {
                throw Refusal.of(Refusal.Kind.EXISTS, "exists", "This key is there already.");
            }
            ofType.add(key);
            return with(keys, type, ofType);
        };
    }

    static UnaryOperator<Map<String, List<String>>> remove(String type, String key) {
        return keys -> {
            List<String> ofType = new ArrayList<>(keys.getOrDefault(type, List.of()));
            if (!ofType.remove(key)) {
                throw Refusal.of(Refusal.Kind.NOT_FOUND, "not-found", "There is no such key of type " + type + ".");
            }
            return with(keys, type, ofType);
        };
    }

    private static Map<String, List<String>> with(Map<String, List<String>> keys, String type, List<String> ofType) {
        Map<String, List<String>> changed = new LinkedHashMap<>(keys);
        changed.put(type, ofType);
        changed.values().removeIf(List::isEmpty);
        return changed;
    }
}

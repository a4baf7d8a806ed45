package org.latchkey.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Refusal;

/** The query of a request, read only where somebody asks; a form in the body is never taken for it. */
final class Query {

    private Query() {}

    /** All values of a parameter in a raw query string, in order. */
    static List<String> values(String raw, String name) {
        if (raw.isEmpty()) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (text(key).equals(name)) {
                values.add(equals < 0 ? "" : text(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** Every parameter with all its values, in order. */
    static Map<String, List<String>> all(String raw) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String key = text(equals < 0 ? pair : pair.substring(0, equals));
            all.computeIfAbsent(key, none -> new ArrayList<>()).add(equals < 0 ? "" : text(pair.substring(equals + 1)));
        }
        return all;
    }

    private static String text(String raw) {
        return PercentCoding.decode(raw.replace('+', ' '))
                .orElseThrow(() -> Refusal.of(Refusal.Kind.INVALID, "invalid", "The query is not well-formed."));
    }
}

package org.latchkey.web.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.service.SignIn.Hints;
import org.latchkey.api.service.SignIn.Purpose;

/** What the pages of sign-in say of what they are for. */
final class PurposeValues {

    private PurposeValues() {}

    /**
     * The values of a page.
     *
     * @param token against forged posts
     * @param more values of that page; a name that somebody has typed goes before the one that is probably theirs
     */
    static Map<String, Object> of(Purpose purpose, String token, Map<String, Object> more) {
        Hints hints = purpose.hints();
        Map<String, Object> values = new LinkedHashMap<>(hints.links());
        values.putAll(more);
        values.put("action", purpose.action());
        values.put(
                "hidden",
                purpose.hidden().entrySet().stream()
                        .map(field -> Map.of("name", field.getKey(), "value", field.getValue()))
                        .toList());
        values.put("token", token);
        values.put("service", purpose.relyingParty());
        values.put("locales", hints.locales());
        if ("".equals(values.getOrDefault("username", ""))) {
            values.put("username", hints.username());
        }
        return values;
    }

    static Elsewhere elsewhere(Purpose purpose) {
        return new Elsewhere(purpose.redirectsTo(), purpose.hints().imagesFrom(), List.of());
    }
}

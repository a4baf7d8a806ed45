package org.latchkey.cas;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Claims;
import org.latchkey.api.cas.Service;

/** What applications may be told of somebody, as it is kept with the ticket-granting ticket. */
final class Told {

    private static final String MEMBER_OF = "memberOf";
    private static final String ALL = "*";

    private Told() {}

    /** Names and values, each in Base64, so that no value can end another; one line a name. */
    static String written(Claims claims) {
        StringBuilder text = new StringBuilder();
        if (!claims.memberOf().isEmpty()) {
            line(text, MEMBER_OF, claims.memberOf());
        }
        claims.extra().forEach((name, values) -> line(text, name, values));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Iterable<String> values) {
        text.append(encoded(name));
        values.forEach(value -> text.append(' ').append(encoded(value)));
        text.append('\n');
    }

    private static String encoded(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    /** Those of them that a service is told. */
    static Map<String, List<String>> to(Service service, String written) {
        Set<String> names = service.attributes();
        Map<String, List<String>> told = new LinkedHashMap<>();
        if (names.isEmpty() || written.isEmpty()) {
            return told;
        }
        for (String line : written.split("\n")) {
            String[] words = line.split(" ", -1);
            String name = decoded(words[0]);
            if (names.contains(ALL) || names.contains(name)) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i < words.length; i++) {
                    values.add(decoded(words[i]));
                }
                told.put(name, values);
            }
        }
        return told;
    }
}

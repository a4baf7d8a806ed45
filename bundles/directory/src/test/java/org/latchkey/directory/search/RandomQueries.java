package org.latchkey.directory.search;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes up well-formed queries about a {@link Town}. */
final class RandomQueries {

    private static final List<String> FIELDS = List.of(
            "",
            "",
            "id:",
            "ID:",
            "meta.display_name:",
            "meta.DisplayName:",
            "meta.LegalName:",
            "meta.GECOS:",
            "meta.badge_number:",
            "meta.shell:",
            "kv.k:",
            "kv.*:",
            "key.ssh:");

    private final Random random;

    RandomQueries(Random random) {
        this.random = random;
    }

    String next() {
        return node(3);
    }

    private String node(int depth) {
        if (depth == 0) {
            return term();
        }
        return switch (random.nextInt(9)) {
            case 0 -> node(depth - 1) + " OR " + node(depth - 1);
            case 1 -> node(depth - 1) + " AND " + node(depth - 1);
            case 2 -> node(depth - 1) + " " + node(depth - 1);
            case 3 -> "(" + node(depth - 1) + ")";
            case 4 -> "NOT " + node(0);
            case 5 -> (random.nextBoolean() ? "-" : "+") + node(0);
            default -> term();
        };
    }

    private String term() {
        return switch (random.nextInt(10)) {
            case 0 ->
                "number:" + List.of("", "<", "<=", ">", ">=").get(random.nextInt(5)) + (1000 + random.nextInt(900));
            case 1 -> "locked:" + random.nextBoolean();
            case 2 -> "group:" + glob(Town.GROUPS.get(random.nextInt(Town.GROUPS.size())));
            case 3 -> "capability:lock*";
            default -> FIELDS.get(random.nextInt(FIELDS.size())) + glob(Town.word(random));
        };
    }

    private String glob(String word) {
        int length = random.nextInt(word.length()) + 1;
        String quoted = "\"" + word + "\"";
        return switch (random.nextInt(6)) {
            case 0 -> "*" + quoted;
            case 1 -> "\"" + word.substring(0, length) + "\"*";
            case 2 -> "*" + quoted + "*";
            case 3 -> "?" + "\"" + word.substring(1) + "\"" + (word.length() == 1 ? "*" : "");
            case 4 -> quoted.toUpperCase(Locale.ROOT) + "*";
            default -> quoted;
        };
    }
}

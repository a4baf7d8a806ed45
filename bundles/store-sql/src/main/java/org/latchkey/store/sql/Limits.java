package org.latchkey.store.sql;

import java.nio.charset.StandardCharsets;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;

/** Refuses what {@link Item} says is too much, so that no database has to. */
final class Limits {

    private static final int NAME = 32;
    private static final int KEY = 256;
    private static final int BODY_BYTES = 1 << 20;

    private Limits() {}

    static void check(Item item) {
        fits("kind", item.kind(), NAME);
        checkKey(item.key());
        for (Item.Index index : item.indexes()) {
            fits("index field", index.field(), NAME);
            fits("index value", index.value(), KEY);
        }
        checkBody(item.body());
    }

    /** An empty key would never be listed: listing starts after the empty text. */
    private static void checkKey(String key) {
        fits("key", key, KEY);
        if (key.isEmpty()) {
            throw Refusal.invalid("", "The key of an item must not be empty.");
        }
    }

    private static void checkBody(String body) {
        Utf8.refuseLoneSurrogates(body);
        boolean surelyFits = body.length() <= BODY_BYTES / 3;
        if (!surelyFits && body.getBytes(StandardCharsets.UTF_8).length > BODY_BYTES) {
            throw tooLarge("The body of an item has at most 1 MiB.");
        }
    }

    private static void fits(String what, String text, int limit) {
        if (text.length() > limit) {
            throw tooLarge("The " + what + " of an item has at most " + limit + " characters.");
        }
    }

    private static Refusal tooLarge(String message) {
        return Refusal.of(Refusal.Kind.TOO_LARGE, "item-too-large", message);
    }
}

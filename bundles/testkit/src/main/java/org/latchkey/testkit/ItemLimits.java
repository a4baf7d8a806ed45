package org.latchkey.testkit;

import java.nio.charset.StandardCharsets;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;

/** Refuses what {@link Item} says no store has to take. */
final class ItemLimits {

    private static final int BODY_BYTES = 1 << 20;

    private ItemLimits() {}

    static void check(Item item) {
        fits("kind", item.kind(), 32);
        fits("key", item.key(), 256);
        if (item.key().isEmpty()) {
            throw Refusal.invalid("", "The key of an item must not be empty.");
        }
        for (Item.Index index : item.indexes()) {
            fits("index field", index.field(), 32);
            fits("index value", index.value(), 256);
        }
        wellFormed("body", item.body());
        if (item.body().getBytes(StandardCharsets.UTF_8).length > BODY_BYTES) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "item-too-large", "The body of an item has at most 1 MiB.");
        }
    }

    static void wellFormed(String what, String text) {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw Refusal.invalid("", "The " + what + " of an item must be well-formed Unicode.");
        }
    }

    private static void fits(String what, String text, int limit) {
        wellFormed(what, text);
        if (text.length() > limit) {
            throw Refusal.of(
                    Refusal.Kind.TOO_LARGE,
                    "item-too-large",
                    "The " + what + " of an item has at most " + limit + " characters.");
        }
    }
}

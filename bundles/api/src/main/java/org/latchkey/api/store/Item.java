package org.latchkey.api.store;

import java.util.List;

/**
 * One stored object.
 *
 * @param kind such as {@code entity}; at most 32 characters
 * @param key unique within the kind; 1 to 256 characters
 * @param version 1 when created, one more with each change
 * @param body JSON, at most 1 MiB of UTF-8
 * @param indexes what it is found by; not filled in when read
 */
public record Item(String kind, String key, long version, String body, List<Index> indexes) {

    public Item {
        indexes = List.copyOf(indexes);
    }

    /** An index entry: field at most 32, value at most 256 characters; a unique one is refused when another item has it. */
    public record Index(String field, String value, boolean unique) {

        /** The digits of the greatest. */
        private static final int WIDTH = 19;

        /** A unique number of 0 or more, written so that the order of texts is the order of numbers. */
        public static Index uniqueNumber(String field, long number) {
            String digits = Long.toString(number);
            return new Index(field, "0".repeat(Math.max(0, WIDTH - digits.length())) + digits, true);
        }
    }

    @Override
    public String toString() {
        return "Item[" + kind + "/" + key + " v" + version + "]";
    }
}

package org.latchkey.store.sql;

import java.util.Arrays;

/**
 * A part of an index, in the order of values and then of keys.
 *
 * @param value where it begins
 * @param key the key after which it begins among those with that very value
 * @param end what is greater than all values of it
 */
record Range(byte[] value, byte[] key, byte[] end) {

    /** What starts with the prefix and comes after that value and key. */
    static Range of(String prefix, String afterValue, String afterKey) {
        byte[] start = Utf8.of(prefix);
        byte[] after = Utf8.of(afterValue);
        byte[] end = Utf8.afterAllWith(start);
        return Arrays.compareUnsigned(after, start) < 0
                ? new Range(start, new byte[0], end)
                : new Range(after, Utf8.of(afterKey), end);
    }

    /** The least value after the first: H2 would read "greater than the first" through all that are equal to it. */
    byte[] next() {
        return Arrays.copyOf(value, value.length + 1);
    }

    /** Whether nothing can be in it. */
    boolean isEmpty() {
        return Arrays.compareUnsigned(value, end) >= 0;
    }
}

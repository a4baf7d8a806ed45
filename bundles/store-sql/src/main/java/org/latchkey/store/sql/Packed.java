package org.latchkey.store.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.latchkey.store.sql.Step.Row;

/**
 * The index entries of one item as they stand in its row. Each is {@code u} if it is unique and {@code n} if not,
 * then field and value, both as the number of their bytes, a colon, and the bytes of their UTF-8.
 */
final class Packed {

    private static final byte UNIQUE = 'u';
    private static final byte SHARED = 'n';

    private Packed() {}

    static byte[] of(Collection<Entry> entries) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(entries.size() * 32);
        entries.stream().sorted(Entry.LOCK_ORDER).forEach(entry -> {
            packed.write(entry.unique() ? UNIQUE : SHARED);
            append(packed, entry.field());
            append(packed, entry.value());
        });
        return packed.toByteArray();
    }

    private static void append(ByteArrayOutputStream packed, String text) {
        byte[] bytes = Utf8.of(text);
        packed.writeBytes(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        packed.write(':');
        packed.writeBytes(bytes);
    }

    /** The entries of that item again. */
    static Set<Entry> unpacked(Row item, byte[] packed) {
        Set<Entry> entries = new HashSet<>();
        Cursor cursor = new Cursor(packed);
        while (cursor.at < packed.length) {
            boolean unique = packed[cursor.at++] == UNIQUE;
            entries.add(new Entry(item, cursor.text(), cursor.text(), unique));
        }
        return entries;
    }

    private static final class Cursor {

        private final byte[] packed;
        private int at;

        Cursor(byte[] packed) {
            this.packed = packed;
        }

        String text() {
            int length = 0;
            while (packed[at] != ':') {
                length = length * 10 + packed[at++] - '0';
            }
            at++;
            String text = Utf8.text(Arrays.copyOfRange(packed, at, at + length));
            at += length;
            return text;
        }
    }
}

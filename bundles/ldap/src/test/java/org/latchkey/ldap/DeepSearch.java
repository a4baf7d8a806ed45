package org.latchkey.ldap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Searches with nested filters, written by hand: the library's own writer would run out of stack. */
final class DeepSearch {

    private static final int AND = 0xa0;
    private static final byte[] HEAD = {4, 0, 0x0a, 1, 2, 0x0a, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0};
    private static final byte[] PRESENT = {(byte) 0x87, 3, 'u', 'i', 'd'};
    private static final byte[] ATTRIBUTES = {0x30, 0};

    private DeepSearch() {}

    /** An LDAP message with {@code (uid=*)} in so many ANDs. */
    static byte[] of(int depth) {
        byte[] filter = PRESENT;
        for (int each = 0; each < depth; each++) {
            filter = element(AND, filter);
        }
        byte[] search = element(0x63, HEAD, filter, ATTRIBUTES);
        return element(0x30, new byte[] {2, 1, 1}, search);
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            content.writeBytes(each);
        }
        return ByteBuffer.allocate(6 + content.size())
                .put((byte) tag)
                .put((byte) 0x84)
                .putInt(content.size())
                .put(content.toByteArray())
                .array();
    }
}

package org.latchkey.ldap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bytes of a client, as whole LDAP messages (RFC 4511, 5.1) that are neither too long nor nested too deep. The
 * library reads nested filters by recursion, before anybody could look at them; here they are counted without.
 *
 * <p>Nothing is read ahead: what follows a StartTLS in the clear is never taken for a request of the secured
 * connection (CVE-2011-0411 and its kin).
 */
final class Messages extends InputStream {

    /** How messages come in. */
    interface Source {

        /** Where the next message is read from: asked before each, since it may be the first that is encrypted. */
        InputStream next() throws IOException;

        /** A whole message has come. */
        void arrived();
    }

    /** More than any filter nests, with the message around it; a stack takes thousands. */
    static final int DEPTH = 40;

    private static final int SEQUENCE = 0x30;
    private static final int CONSTRUCTED = 0x20;
    private static final int MULTIBYTE_TAG = 0x1f;

    private final Source source;
    private final int longest;
    private byte[] message = {};
    private int at;

    /** @param longest how many bytes a message may have at most */
    Messages(Source source, int longest) {
        this.source = source;
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        return at < message.length || readMessage() ? message[at++] & 0xff : -1;
    }

    /** Never gives bytes of two messages at once. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == message.length && !readMessage()) {
            return -1;
        }
        int count = Math.min(length, message.length - at);
        System.arraycopy(message, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return message.length - at;
    }

    /** Whether there was another one. */
    private boolean readMessage() throws IOException {
        InputStream in = source.next();
        int tag = in.read();
        if (tag < 0) {
            return false;
        }
        if (tag != SEQUENCE) {
            throw new IOException("no LDAP message");
        }
        byte[] header = header(in);
        long said = lengthAt(header, 0);
        if (said > longest - header.length) {
            throw new IOException("an LDAP message of more than " + longest + " bytes");
        }
        int length = (int) said;
        byte[] whole = new byte[header.length + length];
        System.arraycopy(header, 0, whole, 0, header.length);
        if (in.readNBytes(whole, header.length, length) < length) {
            throw new EOFException();
        }
        refuseDeep(whole, header.length);
        message = whole;
        at = 0;
        source.arrived();
        return true;
    }

    /** The tag, which was read already, and the octets of the length. */
    private static byte[] header(InputStream in) throws IOException {
        int first = in.read();
        int more = first < 0x80 ? 0 : first & 0x7f;
        if (first < 0 || first == 0x80 || more > 4) {
            throw new IOException("no length of an LDAP message");
        }
        byte[] header = new byte[2 + more];
        header[0] = SEQUENCE;
        header[1] = (byte) first;
        if (in.readNBytes(header, 2, more) < more) {
            throw new EOFException();
        }
        return header;
    }

    /** Walks the elements without recursion. */
    private static void refuseDeep(byte[] bytes, int from) throws IOException {
        Deque<Integer> ends = new ArrayDeque<>();
        ends.push(bytes.length);
        int position = from;
        while (!ends.isEmpty()) {
            if (position >= ends.peek()) {
                ends.pop();
                continue;
            }
            int tag = bytes[position] & 0xff;
            int content = contentOf(bytes, position);
            long end = content < 0 ? -1 : content + lengthAt(bytes, position);
            if ((tag & MULTIBYTE_TAG) == MULTIBYTE_TAG || content < 0 || end > ends.peek()) {
                throw new IOException("a malformed LDAP message");
            }
            if ((tag & CONSTRUCTED) == 0) {
                position = (int) end;
                continue;
            }
            if (ends.size() >= DEPTH) {
                throw new IOException("an LDAP message nested deeper than " + DEPTH);
            }
            ends.push((int) end);
            position = content;
        }
    }

    /** Where the content of the element begins, -1 if its length is malformed. */
    private static int contentOf(byte[] bytes, int element) {
        if (element + 1 >= bytes.length) {
            return -1;
        }
        int first = bytes[element + 1] & 0xff;
        int more = first < 0x80 ? 0 : first & 0x7f;
        boolean malformed = first == 0x80 || more > 4 || element + 2 + more > bytes.length;
        return malformed ? -1 : element + 2 + more;
    }

    private static long lengthAt(byte[] bytes, int element) {
        int first = bytes[element + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        long length = 0;
        for (int each = 0; each < (first & 0x7f); each++) {
            length = length << 8 | bytes[element + 2 + each] & 0xff;
        }
        return length;
    }
}

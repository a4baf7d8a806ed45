package org.latchkey.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.latchkey.api.Refusal;

/**
 * A request body that ends in a refusal when it is longer than allowed (413) or breaks off (400). A broken
 * body is the client's fault, so it must not look like a fault of the endpoint that reads it.
 */
final class BoundedBody extends FilterInputStream {

    private long left;

    BoundedBody(InputStream body, long limit) {
        super(body);
        this.left = limit;
    }

    static Refusal tooLarge() {
        return Refusal.of(Refusal.Kind.TOO_LARGE, "too-large", "The body is larger than allowed.");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            // One byte more than is left tells a body of exactly the limit from a longer one.
            int read = in.read(into, offset, (int) Math.min(length, left + 1));
            left -= Math.max(read, 0);
            if (left < 0) {
                throw tooLarge();
            }
            return read;
        } catch (IOException broken) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "The body broke off or is not well-formed.");
        }
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        while (skipped < count && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

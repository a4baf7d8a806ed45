package org.latchkey.directory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream into its lines, without their ends; of a line that is too long no more is kept than tells so. */
final class Lines {

    private final InputStream in;
    private final int longest;
    private final byte[] block = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;

    /** @param longest in bytes; of a longer line one more is given */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line, which may be empty; none at the end of the stream. */
    Optional<byte[]> next() throws IOException {
        line.reset();
        boolean begun = false;
        while (at < end || fill()) {
            begun = true;
            int from = at;
            while (at < end && block[at] != '\n') {
                at++;
            }
            keep(from);
            if (at < end) {
                at++;
                return Optional.of(withoutReturn());
            }
        }
        return begun ? Optional.of(withoutReturn()) : Optional.empty();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(block));
        return end > 0;
    }

    private void keep(int from) {
        line.write(block, from, Math.min(at - from, Math.max(0, longest + 1 - line.size())));
    }

    private byte[] withoutReturn() {
        byte[] bytes = line.toByteArray();
        int length = bytes.length;
        return length > 0 && bytes[length - 1] == '\r' ? Arrays.copyOf(bytes, length - 1) : bytes;
    }
}

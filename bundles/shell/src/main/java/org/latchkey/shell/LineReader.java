package org.latchkey.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines of bounded length as bytes, and keeps none of them: a line may be a secret. */
final class LineReader {

    static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST + 1];
    private int end;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The bytes up to the next line feed, without it; nothing at the end. An unfinished line is dropped. */
    Optional<byte[]> next() throws IOException {
        int feed = indexOfFeed(0);
        while (feed < 0) {
            if (end == buffer.length) {
                throw new LineTooLong();
            }
            int from = end;
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return Optional.empty();
            }
            end += read;
            feed = indexOfFeed(from);
        }
        return Optional.of(take(feed));
    }

    private int indexOfFeed(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte[] take(int feed) {
        byte[] line = Arrays.copyOf(buffer, feed);
        int left = end - feed - 1;
        System.arraycopy(buffer, feed + 1, buffer, 0, left);
        Arrays.fill(buffer, left, end, (byte) 0);
        end = left;
        return line;
    }

    /** A line that goes on and on. */
    static final class LineTooLong extends IOException {

        private static final long serialVersionUID = 1L;

        LineTooLong() {
            super("A line may have at most " + LONGEST + " bytes.");
        }
    }
}

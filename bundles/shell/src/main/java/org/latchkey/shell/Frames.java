package org.latchkey.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * What goes to the client: one byte that says what it is, four bytes of length (big-endian), and the bytes.
 *
 * <ul>
 *   <li>{@code o}: output; {@code e}: errors
 *   <li>{@code i}: the command wants a line of input, such as a secret; the client sends one, unechoed
 *   <li>{@code x}: the command has ended; one byte, 0 for success and 1 for anything else
 * </ul>
 */
final class Frames {

    private final OutputStream out;

    Frames(OutputStream out) {
        this.out = out;
    }

    synchronized void write(char type, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(5 + length);
        frame.put((byte) type).putInt(length).put(bytes, offset, length);
        out.write(frame.array());
        out.flush();
    }

    void askForInput() throws IOException {
        write('i', new byte[0], 0, 0);
    }

    void exit(int code) throws IOException {
        write('x', new byte[] {(byte) code}, 0, 1);
    }

    /** A stream whose every write is a frame: to be buffered. */
    OutputStream stream(char type) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    Frames.this.write(type, bytes, offset, length);
                }
            }
        };
    }
}

package org.latchkey.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The input of a command: asks the client for a line whenever the command reads on, and wipes what was read. */
final class Keyboard extends InputStream {

    private final LineReader lines;
    private final Frames frames;
    private byte[] line = new byte[0];
    private int next;

    Keyboard(LineReader lines, Frames frames) {
        this.lines = lines;
        this.frames = frames;
    }

    @Override
    public int read() throws IOException {
        if (next == line.length && !ask()) {
            return -1;
        }
        byte read = line[next];
        line[next++] = 0;
        return read & 0xff;
    }

    /** One byte at a time, since more would be kept in somebody's buffer. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = read();
        if (read < 0) {
            return -1;
        }
        bytes[offset] = (byte) read;
        return 1;
    }

    private boolean ask() throws IOException {
        frames.askForInput();
        Optional<byte[]> answer = lines.next();
        answer.ifPresent(this::type);
        return answer.isPresent();
    }

    private void type(byte[] answer) {
        line = Arrays.copyOf(answer, answer.length + 1);
        line[answer.length] = '\n';
        Arrays.fill(answer, (byte) 0);
        next = 0;
    }
}

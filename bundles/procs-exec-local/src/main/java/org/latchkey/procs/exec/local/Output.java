package org.latchkey.procs.exec.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads what a run says, line by line, as it grows. Where lines begin depends on the file alone, so a line has the same
 * number whoever counts, whenever.
 */
final class Output {

    /** Bytes that are kept of a line: at least as many characters as anybody keeps who hears it. */
    static final int LONGEST = 4 * 16_384;

    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocate(16_384);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private boolean begun;
    private long skipped;

    /** @param lines how many are left out */
    Output(Path file, long lines) {
        this.file = file;
        this.skipped = lines;
    }

    /** Reads on, but no more than so many bytes. */
    void read(int most, Consumer<String> lines) throws IOException {
        if (Files.size(file) <= position) {
            return;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(position);
            for (int read = 0; read < most; read += buffer.limit()) {
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    return;
                }
                buffer.flip();
                position += buffer.limit();
                split(lines);
            }
        }
    }

    /** Reads the rest of what grows no more; what has no end of line is a line too. */
    void finish(Consumer<String> lines) throws IOException {
        read(Integer.MAX_VALUE, lines);
        if (begun) {
            end(lines);
        }
    }

    private void split(Consumer<String> lines) {
        for (int i = 0; i < buffer.limit(); i++) {
            byte each = buffer.get(i);
            if (each == '\n') {
                end(lines);
            } else {
                begun = true;
                if (line.size() < LONGEST) {
                    line.write(each);
                }
            }
        }
    }

    private void end(Consumer<String> lines) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        begun = false;
        if (skipped > 0) {
            skipped--;
        } else {
            lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
    }
}

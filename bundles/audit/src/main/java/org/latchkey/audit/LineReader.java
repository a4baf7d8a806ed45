package org.latchkey.audit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the complete lines of a file from some place on; what has no line feed yet is no line. */
final class LineReader implements Closeable {

    private final InputStream file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final byte[] chunk = new byte[64 * 1024];
    private int at;
    private int end;
    private long position;

    LineReader(Path path, long offset) throws IOException {
        file = new FileInputStream(path.toFile());
        file.skipNBytes(offset);
        position = offset;
    }

    Optional<Line> next() throws IOException {
        line.reset();
        while (true) {
            for (int i = at; i < end; i++) {
                if (chunk[i] == '\n') {
                    line.write(chunk, at, i - at);
                    at = i + 1;
                    position += line.size() + 1;
                    return Optional.of(new Line(line.toByteArray()));
                }
            }
            line.write(chunk, at, end - at);
            at = 0;
            end = Math.max(0, file.read(chunk));
            if (end == 0) {
                return Optional.empty();
            }
        }
    }

    /** Where the next line begins. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package org.latchkey.procs.exec.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads what a run says, line by line, as it grows. Where lines begin depends on the file alone, so a line has the same
 * number whoever counts, whenever.
 */
final class Output {

    /** Bytes that are kept of a line: at least as many characters as anybody keeps who hears it. */
    static final int LONGEST = 4 * 16_384;

    private final Path file;
    private final long most;
    private final ByteBuffer buffer = ByteBuffer.allocate(16_384);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private boolean begun;
    private long skipped;

    /**
     * @param most how many bytes of the file are heard; what is after them is not
     * @param lines how many are left out
     */
    Output(Path file, long most, long lines) {
        this.file = file;
        this.most = most;
        this.skipped = lines;
    }

    /**
     * Reads on, but not much more than so many bytes.
     *
     * @return whether all was read that there is at the moment
     */
    boolean read(int bytes, Consumer<String> lines) throws IOException {
        if (size(file) <= position || position >= most) {
            return true;
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            channel.position(position);
            for (int read = 0; read < bytes; read += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), most - position));
                if (!buffer.hasRemaining() || channel.read(buffer) < 0) {
                    return true;
                }
                buffer.flip();
                position += buffer.limit();
                split(lines);
            }
        }
        return false;
    }

    /** How much there is; nothing if the program has put anything else in its place. */
    static long size(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? attributes.size() : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** To be called once all was read of what grows no more: what has no end of line is a line too. */
    void finish(Consumer<String> lines) {
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

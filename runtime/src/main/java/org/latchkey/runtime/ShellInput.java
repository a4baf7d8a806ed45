package org.latchkey.runtime;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the shell's lines come from: somebody at a terminal ({@link LineEditor}), whose secrets are not shown,
 * or a file or pipe, from which secrets are read like any line.
 */
final class ShellInput {

    private final InputStream in;
    private final Optional<Console> console;

    ShellInput(InputStream in, Optional<Console> console) {
        this.in = in;
        this.console = console;
    }

    static ShellInput ofThisProcess() {
        return new ShellInput(System.in, Optional.ofNullable(System.console()).filter(ShellInput::isTerminal));
    }

    /** From Java 22 on there may be a console without a terminal, and it can be asked. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    /**
     * All lines.
     *
     * @param candidates what the last word of a line so far may become
     */
    ShellLines lines(Function<String, List<String>> candidates) throws IOException {
        return console.isPresent() ? new LineEditor(candidates) : this::line;
    }

    private Optional<byte[]> line() throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (length == line.length) {
                line = larger(line);
            }
            line[length++] = (byte) next;
        }
        return Optional.of(taken(line, length));
    }

    private static byte[] larger(byte[] line) {
        byte[] larger = Arrays.copyOf(line, 2 * line.length);
        Arrays.fill(line, (byte) 0);
        return larger;
    }

    private static byte[] taken(byte[] line, int length) {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        byte[] taken = Arrays.copyOf(line, end);
        Arrays.fill(line, (byte) 0);
        return taken;
    }

    /** A secret in UTF-8; empty at the end of input. The caller wipes it. */
    byte[] secret() throws IOException {
        if (console.isEmpty()) {
            return line().orElseGet(() -> new byte[0]);
        }
        char[] typed =
                Optional.ofNullable(console.get().readPassword("Secret: ")).orElseGet(() -> new char[0]);
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        byte[] secret = new byte[encoded.remaining()];
        encoded.get(secret);
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(typed, '\0');
        return secret;
    }
}

package org.latchkey.shell;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.latchkey.shell.command.Printable;

/** The output of one command. Everything written is on its way once this is closed. */
final class Screen implements Closeable {

    final PrintStream out;
    final PrintStream err;

    Screen(Frames frames) {
        out = buffered(frames, 'o');
        err = buffered(frames, 'e');
    }

    private static PrintStream buffered(Frames frames, char type) {
        return new PrintStream(new BufferedOutputStream(frames.stream(type), 8192), false, StandardCharsets.UTF_8);
    }

    void error(String message) {
        err.println(Printable.lines(message));
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
    }
}

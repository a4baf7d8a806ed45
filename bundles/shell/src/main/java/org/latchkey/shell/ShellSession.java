package org.latchkey.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One connection. The client sends lines of UTF-8, up to 64 KiB each. The server answers each line with
 * frames ({@link Frames}): output, errors, requests for a line of input, and at last the exit code.
 */
final class ShellSession {

    private final LineReader lines;
    private final Frames frames;
    private final CommandRunner commands;

    /** Where relative file names of this client begin. */
    private Path directory = Path.of("/");

    ShellSession(SocketChannel client, CommandRunner commands) {
        this.lines = new LineReader(Channels.newInputStream(client));
        this.frames = new Frames(Channels.newOutputStream(client));
        this.commands = commands;
    }

    /** Answers until the client goes. */
    void run() throws IOException {
        try {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                answer(line.get());
            }
        } catch (LineReader.LineTooLong tooLong) {
            turnAway(tooLong.getMessage());
        }
    }

    void turnAway(String why) throws IOException {
        try (Screen screen = new Screen(frames)) {
            screen.error(why);
        }
        frames.exit(1);
    }

    private void answer(byte[] line) throws IOException {
        int code;
        try (Screen screen = new Screen(frames)) {
            code = run(line, screen);
        }
        frames.exit(code);
    }

    private int run(byte[] line, Screen screen) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            CommandLine command = CommandLine.parse(text);
            if (command.name().equals("cd") && command.words().size() == 1) {
                directory = directory.resolve(command.words().get(0)).normalize();
                return 0;
            }
            return commands.run(command, new Keyboard(lines, frames), screen, directory);
        } catch (CharacterCodingException malformed) {
            screen.error("The line is not UTF-8.");
        } catch (IllegalArgumentException malformed) {
            screen.error(malformed.getMessage());
        }
        return 1;
    }
}

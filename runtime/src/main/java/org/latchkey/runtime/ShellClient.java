package org.latchkey.runtime;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The near end of the shell: {@code bin/latchkey shell [WORDS...]}. With words it runs the one command they
 * make and ends with its exit code; without, it runs what is typed or piped in, line by line, and ends with
 * the last one's. The server is the one whose data directory is {@code -Dlatchkey.data}, or {@code --data DIR}.
 *
 * <p>It sends lines of UTF-8 and gets frames: a byte for the type, four for the length, the bytes. Types are
 * {@code o} output, {@code e} errors, {@code i} a line is wanted (a secret), {@code x} the exit code.
 */
public final class ShellClient implements Closeable {

    private static final int LONGEST_FRAME = 16 << 20;

    private final SocketChannel channel;
    private final DataInputStream frames;
    private final OutputStream lines;
    private final ShellInput input;
    private final PrintStream out;
    private final PrintStream err;

    private ShellClient(SocketChannel channel, ShellInput input, PrintStream out, PrintStream err) {
        this.channel = channel;
        this.frames = new DataInputStream(Channels.newInputStream(channel));
        this.lines = Channels.newOutputStream(channel);
        this.input = input;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        Path data = Path.of(System.getProperty("latchkey.data", "data"));
        if (words.size() > 1 && words.get(0).equals("--data")) {
            data = Path.of(words.get(1));
            words = words.subList(2, words.size());
        }
        System.exit(run(data, words, ShellInput.ofThisProcess(), System.out, System.err));
    }

    /** What {@link #main} does, and gives the exit code. */
    static int run(Path data, List<String> words, ShellInput input, PrintStream out, PrintStream err) {
        Path socket = data.toAbsolutePath().resolve("shell.sock");
        try (ShellClient client = new ShellClient(connect(socket), input, out, err)) {
            int code =
                    client.run(bytes("cd " + quoted(Path.of("").toAbsolutePath().toString())));
            if (code != 0) {
                return code;
            }
            return words.isEmpty() ? client.converse() : client.run(bytes(line(words)));
        } catch (Unreachable server) {
            err.println("latchkey: " + server.getMessage());
        } catch (EOFException gone) {
            err.println("latchkey: the server has gone");
        } catch (IOException broken) {
            err.println("latchkey: the connection to the server broke: " + broken.getMessage());
        }
        return 1;
    }

    private static SocketChannel connect(Path socket) throws Unreachable {
        try (ReachablePath path = ReachablePath.to(socket)) {
            return SocketChannel.open(UnixDomainSocketAddress.of(path.path()));
        } catch (ConnectException refused) {
            throw new Unreachable("no server runs with the data directory " + socket.getParent());
        } catch (IOException unreachable) {
            throw new Unreachable(
                    Files.exists(socket)
                            ? "cannot open " + socket + ": " + unreachable.getMessage()
                            : "no server runs with the data directory " + socket.getParent());
        }
    }

    /** The line that these words make: one word is a line already, several are kept apart. */
    private static String line(List<String> words) {
        return words.size() == 1
                ? words.get(0)
                : words.stream().map(ShellClient::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[\\w./:=@%+,*-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static byte[] bytes(String line) {
        return line.replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
    }

    /** Runs lines until there are no more. */
    private int converse() throws IOException {
        int code = 0;
        try (ShellLines typed = input.lines(this::candidates)) {
            for (Optional<byte[]> line = typed.next(); line.isPresent() && !ends(line.get()); line = typed.next()) {
                code = run(line.get());
            }
        }
        return code;
    }

    /** Asks the server what the last word of a line may become. */
    private List<String> candidates(String line) {
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        try (PrintStream collected = new PrintStream(found, false, StandardCharsets.UTF_8)) {
            run(bytes("complete " + quoted(line)), collected, new PrintStream(OutputStream.nullOutputStream()));
            return found.toString(StandardCharsets.UTF_8).lines().toList();
        } catch (IOException gone) {
            return List.of(); // the next command says so
        }
    }

    private static boolean ends(byte[] line) {
        return List.of("exit", "quit").contains(new String(line, StandardCharsets.UTF_8).strip());
    }

    /** Runs one line and shows what comes back; gives the exit code. */
    private int run(byte[] line) throws IOException {
        return run(line, out, err);
    }

    private int run(byte[] line, PrintStream output, PrintStream errors) throws IOException {
        send(line);
        while (true) {
            int type = frames.readByte();
            byte[] content = frames.readNBytes(length(frames.readInt()));
            switch (type) {
                case 'o' -> show(content, output);
                case 'e' -> show(content, errors);
                case 'i' -> answer();
                case 'x' -> {
                    return content.length == 1 ? content[0] : 1;
                }
                default -> throw new IOException("it sent something that this client does not know");
            }
        }
    }

    private static int length(int announced) throws IOException {
        if (announced < 0 || announced > LONGEST_FRAME) {
            throw new IOException("it announced " + announced + " bytes");
        }
        return announced;
    }

    private static void show(byte[] content, PrintStream screen) {
        screen.write(content, 0, content.length);
        screen.flush();
    }

    private void answer() throws IOException {
        byte[] secret = input.secret();
        try {
            send(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** A server that hangs up has said why before: so what cannot be sent is no failure yet, reading on tells. */
    private void send(byte[] line) {
        byte[] sent = Arrays.copyOf(line, line.length + 1);
        sent[line.length] = '\n';
        try {
            lines.write(sent);
        } catch (IOException hungUp) {
            return;
        } finally {
            Arrays.fill(sent, (byte) 0);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** There is nobody to talk to. */
    private static final class Unreachable extends IOException {

        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }
}

package org.latchkey.shell;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Speaks the shell's protocol, byte by byte. */
final class Client implements Closeable {

    private final SocketChannel channel;
    private final DataInputStream in;
    private final OutputStream out;

    Client(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        in = new DataInputStream(Channels.newInputStream(channel));
        out = Channels.newOutputStream(channel);
    }

    record Answer(int code, String out, String err, int questions) {}

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Runs a command, with lines for what it asks. */
    Answer run(String line, String... answers) throws IOException {
        send(line + "\n");
        return answer(answers);
    }

    Answer answer(String... answers) throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int questions = 0;
        while (true) {
            char type = (char) in.readByte();
            byte[] bytes = in.readNBytes(in.readInt());
            switch (type) {
                case 'o' -> shown.writeBytes(bytes);
                case 'e' -> errors.writeBytes(bytes);
                case 'i' -> send(answers[questions++] + "\n");
                case 'x' -> {
                    return new Answer(
                            bytes[0],
                            shown.toString(StandardCharsets.UTF_8),
                            errors.toString(StandardCharsets.UTF_8),
                            questions);
                }
                default -> throw new IOException("unknown frame " + type);
            }
        }
    }

    /** Whether the server has hung up. */
    boolean isOver() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

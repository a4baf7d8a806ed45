package org.latchkey.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/** Where clients come in. What comes out of {@link #accept} is a {@link Line}, and there are never too many. */
final class Door extends ServerSocket {

    private static final long WAIT_MILLIS = 20;

    private final Lines lines;
    private final BooleanSupplier crowded;
    private final Optional<Supplier<SSLSocketFactory>> encryption;

    private Door(Lines lines, BooleanSupplier crowded, Optional<Supplier<SSLSocketFactory>> encryption)
            throws IOException {
        this.lines = lines;
        this.crowded = crowded;
        this.encryption = encryption;
    }

    /**
     * Opens one.
     *
     * @param shared whether another revision of this plugin may listen there still: then both get connections until
     *     it has closed, and none is refused meanwhile
     * @param crowded as long as it holds, clients wait outside
     * @param encryption for LDAPS, where a client begins with TLS
     */
    static Door open(
            InetAddress address,
            int port,
            boolean shared,
            Lines lines,
            BooleanSupplier crowded,
            Optional<Supplier<SSLSocketFactory>> encryption)
            throws IOException {
        if (!shared) {
            new ServerSocket(port, 1, address).close(); // or two servers would share it unawares
        }
        Door door = new Door(lines, crowded, encryption);
        try {
            if (door.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                door.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            door.bind(new InetSocketAddress(address, port), 128);
            return door;
        } catch (IOException failed) {
            door.close();
            throw failed;
        }
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            awaitRoom();
            Optional<Line> line = lines.admit(super.accept());
            if (line.isPresent()) {
                encryption.ifPresent(factory -> line.get().encryptFromNextMessage(factory.get()));
                return line.get();
            }
        }
    }

    private void awaitRoom() throws IOException {
        while (crowded.getAsBoolean() && !isClosed()) {
            try {
                TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                throw new IOException(closing);
            }
        }
    }
}

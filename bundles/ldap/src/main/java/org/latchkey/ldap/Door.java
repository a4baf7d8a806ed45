package org.latchkey.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where clients come in. What comes out of {@link #accept} is a {@link Line}, and there are never too many. It can be
 * closed while the socket goes on listening: then the clients wait for whoever opens the next one upon it.
 */
final class Door extends ServerSocket {

    private static final int LOOK_MILLIS = 50;

    private final ServerSocket socket;
    private final Lines lines;
    private final BooleanSupplier crowded;
    private final Optional<Supplier<SSLSocketFactory>> encryption;
    private volatile boolean closed;

    /**
     * Opens one.
     *
     * @param socket that listens
     * @param crowded as long as it holds, clients wait outside
     * @param encryption for LDAPS, where a client begins with TLS
     */
    Door(ServerSocket socket, Lines lines, BooleanSupplier crowded, Optional<Supplier<SSLSocketFactory>> encryption)
            throws IOException {
        this.socket = socket;
        this.lines = lines;
        this.crowded = crowded;
        this.encryption = encryption;
        socket.setSoTimeout(LOOK_MILLIS);
    }

    ServerSocket socket() {
        return socket;
    }

    @Override
    public Socket accept() throws IOException {
        while (!isClosed()) {
            if (crowded.getAsBoolean()) {
                pause();
                continue;
            }
            Optional<Line> line = admitted();
            if (line.isPresent()) {
                encryption.ifPresent(factory -> line.get().encryptFromNextMessage(factory.get()));
                return line.get();
            }
        }
        throw new SocketException("closed");
    }

    /** The next client, if one comes soon and there is a place. */
    private Optional<Line> admitted() throws IOException {
        try {
            return lines.admit(socket.accept());
        } catch (SocketTimeoutException nobody) {
            return Optional.empty();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new IOException(closing);
        }
    }

    /** Leaves the socket as it is. */
    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }

    @Override
    public boolean isClosed() {
        return closed || socket.isClosed();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }
}

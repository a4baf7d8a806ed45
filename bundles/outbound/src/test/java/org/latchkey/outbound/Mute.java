package org.latchkey.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that accepts connections, and then says nothing, or one character after another without an end. */
public final class Mute implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final Thread thread;

    private Mute(boolean drips) throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        thread = new Thread(drips ? this::drip : this::accept, "mute");
        thread.setDaemon(true);
        thread.start();
    }

    public static Mute silent() throws IOException {
        return new Mute(false);
    }

    public static Mute dripping() throws IOException {
        return new Mute(true);
    }

    private void accept() {
        try {
            while (true) {
                connections.add(server.accept());
            }
        } catch (IOException closed) {
            connections.forEach(Mute::end);
        }
    }

    private void drip() {
        try (Socket connection = server.accept()) {
            connections.add(connection);
            while (true) {
                connection.getOutputStream().write('H');
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException closed) {
            connections.forEach(Mute::end);
        }
    }

    private static void end(Socket connection) {
        try {
            connection.close();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
    }
}

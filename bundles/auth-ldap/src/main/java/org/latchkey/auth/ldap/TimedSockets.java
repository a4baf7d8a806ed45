package org.latchkey.auth.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Makes one socket on which nothing is waited for longer than so long, until it is told that the connection stands. The
 * library waits for a TLS handshake without end.
 */
final class TimedSockets extends SocketFactory {

    private final SocketFactory sockets;
    private final int millis;
    private Socket made = new Socket();

    TimedSockets(SocketFactory sockets, int millis) {
        this.sockets = sockets;
        this.millis = millis;
    }

    /** From now on the library sees to it how long an answer takes. */
    void stands() throws SocketException {
        made.setSoTimeout(0);
    }

    @Override
    public Socket createSocket() throws IOException {
        made = timed(sockets.createSocket());
        return made;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        made = timed(sockets.createSocket(host, port));
        return made;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        made = timed(sockets.createSocket(host, port, local, localPort));
        return made;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        made = timed(sockets.createSocket(host, port));
        return made;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        made = timed(sockets.createSocket(host, port, local, localPort));
        return made;
    }

    private Socket timed(Socket socket) throws SocketException {
        socket.setSoTimeout(millis);
        return socket;
    }
}

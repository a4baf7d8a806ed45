package org.latchkey.ldap;

import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/** Hands the library the socket that was opened for it. */
final class OpenDoor extends ServerSocketFactory {

    private final Door door;

    OpenDoor(Door door) {
        this.door = door;
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        return door;
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        return door;
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        return door;
    }
}

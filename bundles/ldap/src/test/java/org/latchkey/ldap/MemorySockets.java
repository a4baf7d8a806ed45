package org.latchkey.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Sockets that the servers of a test share. */
final class MemorySockets implements Sockets {

    private final Map<Integer, ServerSocket> open = new ConcurrentHashMap<>();
    private final Map<ServerSocket, AtomicInteger> holders = new ConcurrentHashMap<>();

    @Override
    public synchronized ServerSocket open(InetAddress address, int port) throws IOException {
        ServerSocket listening = open.get(port);
        ServerSocket socket =
                listening != null && !listening.isClosed() ? listening : new ServerSocket(port, 128, address);
        open.put(port, socket);
        holders.computeIfAbsent(socket, first -> new AtomicInteger()).incrementAndGet();
        return socket;
    }

    @Override
    public synchronized void release(ServerSocket socket) throws IOException {
        if (holders.get(socket).decrementAndGet() == 0) {
            socket.close();
        }
    }
}

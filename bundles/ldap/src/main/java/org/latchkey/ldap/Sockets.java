package org.latchkey.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The sockets that listen. They outlive a revision of this plugin, so that no client is refused when the next takes over. */
interface Sockets {

    /** The socket that listens there already for another revision, or a new one. */
    ServerSocket open(InetAddress address, int port) throws IOException;

    /** Closes it, unless another revision has it too: that one goes on with it. */
    void release(ServerSocket socket) throws IOException;
}

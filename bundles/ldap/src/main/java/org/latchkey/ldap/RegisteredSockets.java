package org.latchkey.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Sockets that revisions find with one another as services. Their class is of the JDK, so none keeps another's classes
 * alive by it.
 */
final class RegisteredSockets implements Sockets {

    private static final String PLACE = "latchkey.ldap.socket";

    private final BundleContext context;
    private final Map<ServerSocket, ServiceRegistration<ServerSocket>> mine = new ConcurrentHashMap<>();

    RegisteredSockets(BundleContext context) {
        this.context = context;
    }

    @Override
    public ServerSocket open(InetAddress address, int port) throws IOException {
        String place = address.getHostAddress().replace("%", ".") + " " + port;
        Optional<ServerSocket> listening = find(place);
        ServerSocket socket = listening.isPresent() ? listening.get() : new ServerSocket(port, 128, address);
        Hashtable<String, Object> properties = new Hashtable<>(Map.of(PLACE, place));
        mine.put(socket, context.registerService(ServerSocket.class, socket, properties));
        return socket;
    }

    private Optional<ServerSocket> find(String place) {
        for (ServiceReference<ServerSocket> reference : references(place)) {
            ServerSocket socket = context.getService(reference);
            context.ungetService(reference);
            if (socket != null && !socket.isClosed()) {
                return Optional.of(socket);
            }
        }
        return Optional.empty();
    }

    private Collection<ServiceReference<ServerSocket>> references(String place) {
        try {
            return context.getServiceReferences(ServerSocket.class, "(" + PLACE + "=" + place + ")");
        } catch (InvalidSyntaxException bug) {
            throw new IllegalStateException(bug);
        }
    }

    @Override
    public void release(ServerSocket socket) throws IOException {
        ServiceRegistration<ServerSocket> registration = mine.remove(socket);
        String place = (String) registration.getReference().getProperty(PLACE);
        registration.unregister();
        if (find(place).filter(socket::equals).isEmpty()) {
            socket.close();
        }
    }
}

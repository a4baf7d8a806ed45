package org.latchkey.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.latchkey.api.service.Outbound.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections, each for one request. They are plain sockets for three reasons: the address that was checked is the one that
 * is called, whatever the name says a moment later; the whole of a request has one deadline, however slowly its answer
 * drips; and after {@link #close} no thread is left, which the HTTP client of Java 17 cannot promise.
 */
final class Sockets implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sockets.class);

    private final SSLSocketFactory tls;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Sockets(SSLSocketFactory tls, ThreadFactory threads) {
        this.tls = tls;
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
        timer.prestartCoreThread();
    }

    /**
     * Sends it and gives the answer. Blocks until the deadline at most.
     *
     * @throws IOException if there was none: no connection, a certificate that is not trusted or not for this host,
     *     another protocol, no time left
     */
    Answer send(Message message, List<InetAddress> addresses, int mostBytes, Deadline deadline) throws IOException {
        IOException last = new IOException("there is no address");
        for (int i = 0; i < addresses.size(); i++) {
            // What is left is shared among the addresses that are left, as one may lead nowhere.
            long patience = TimeUnit.NANOSECONDS.toMillis(deadline.leftNanos() / (addresses.size() - i));
            Socket socket = new Socket();
            open.add(socket);
            Future<?> end = closeAt(deadline, socket);
            try (socket) {
                try {
                    socket.connect(new InetSocketAddress(addresses.get(i), message.port()), (int)
                            Math.min(Integer.MAX_VALUE, Math.max(1, patience)));
                } catch (IOException nobodyThere) {
                    last = nobodyThere;
                    continue;
                }
                return exchange(socket, message, mostBytes);
            } finally {
                end.cancel(false);
                open.remove(socket);
            }
        }
        throw last;
    }

    private Answer exchange(Socket socket, Message message, int mostBytes) throws IOException {
        Socket line = Guard.isSecure(message.target()) ? secured(socket, message) : socket;
        line.getOutputStream().write(message.bytes());
        line.getOutputStream().flush();
        return new AnswerReader(new BufferedInputStream(line.getInputStream()), mostBytes).read();
    }

    private Future<?> closeAt(Deadline deadline, Socket socket) throws IOException {
        try {
            return timer.schedule(() -> cut(socket), deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            open.remove(socket);
            throw new IOException("this is closed", closed);
        }
    }

    /** Validates the chain after PKIX, and that it is for this host (RFC 9110, 4.3.4). */
    private Socket secured(Socket socket, Message message) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, message.host(), message.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            log.debug("A connection did not close cleanly.", alreadyBroken);
        }
    }

    /** Cuts off what is under way. */
    @Override
    public void close() {
        timer.shutdownNow();
        open.forEach(Sockets::cut);
    }
}

package org.latchkey.cas.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes requests of which only the status matters, a bounded number at once. It is on plain sockets for three reasons: the
 * address that was checked is the one that is called, whatever the name says a moment later; the whole of a request has one
 * deadline, however slowly its answer drips; and after {@link #close} no thread is left, which the HTTP client of Java 17
 * cannot promise. A proxy for the web is not used.
 */
public final class Outgoing implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Outgoing.class);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})( .*)?");
    private static final int LONGEST_LINE = 512;
    private static final int IDLE_SECONDS = 1;
    private static final int PATIENCE_MILLIS = 500;

    private final SSLSocketFactory tls;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger made = new AtomicInteger();

    /**
     * @param name what its threads are called
     * @param atOnce how much is done at the same time
     * @param waiting how much may wait for that
     */
    public Outgoing(String name, SSLSocketFactory tls, int atOnce, int waiting) {
        this.tls = tls;
        this.workers = new ThreadPoolExecutor(
                atOnce, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), threads(name));
        workers.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(1, threads(name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.prestartCoreThread();
    }

    private ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(Outgoing.class.getClassLoader());
            return thread;
        };
    }

    /** Has a worker do it; false if too much waits, or this is closed. */
    public boolean execute(Runnable work) {
        try {
            workers.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /**
     * Sends it and gives the status of the answer. Called by a worker; blocks until the deadline at most.
     *
     * @param address of the target's host
     * @throws IOException if there was none: no connection, a certificate that is not trusted or not for this host,
     *     another protocol, no time left
     */
    public int status(Message message, InetAddress address, Deadline deadline) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        Future<?> end = closeAt(deadline, socket);
        try (socket) {
            socket.connect(new InetSocketAddress(address, message.port()));
            Socket line = message.isSecure() ? secured(socket, message) : socket;
            line.getOutputStream().write(message.bytes());
            line.getOutputStream().flush();
            return status(line.getInputStream());
        } catch (IOException failed) {
            throw deadline.leftNanos() == 0 ? new IOException("The time was over.", failed) : failed;
        } finally {
            end.cancel(false);
            open.remove(socket);
        }
    }

    private Future<?> closeAt(Deadline deadline, Socket socket) throws IOException {
        try {
            return timer.schedule(() -> cut(socket), deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            open.remove(socket);
            throw new IOException("This is closed.");
        }
    }

    /** Validates the chain after PKIX, and that it is for this host (RFC 2818). */
    private Socket secured(Socket socket, Message message) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, message.host(), message.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static int status(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < LONGEST_LINE; next = in.read()) {
            line.append((char) next);
        }
        Matcher status = STATUS.matcher(line.toString().stripTrailing());
        if (!status.matches()) {
            throw new IOException("The answer is not HTTP/1.1.");
        }
        return Integer.parseInt(status.group(1));
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            log.debug("A connection did not close cleanly.", alreadyBroken);
        }
    }

    /** Gives what was begun or waits a moment, then cuts it off. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                int unsent = workers.shutdownNow().size();
                timer.shutdownNow();
                open.forEach(Outgoing::cut);
                log.atWarn().addKeyValue("unsent", unsent).log("Requests were given up at the end.");
                workers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException inAHurry) {
            workers.shutdownNow();
            open.forEach(Outgoing::cut);
            Thread.currentThread().interrupt();
        } finally {
            timer.shutdownNow();
        }
    }
}

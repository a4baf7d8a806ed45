package org.latchkey.shell;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's way in when nothing else works: {@code shell.sock} in the data directory, which only its
 * owner can open. A connection is a {@link ShellSession} on a thread of its own, eight at a time.
 */
@Component(
        service = {},
        immediate = true)
public final class ShellServer implements Closeable {

    static final String SOCKET = "shell.sock";
    static final int SESSIONS = 8;

    private static final Logger log = LoggerFactory.getLogger(ShellServer.class);

    private final SocketFile socket;
    private final CommandRunner commands;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            SESSIONS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            ShellServer::thread,
            ShellServer::waitForThread);

    @Activate
    public ShellServer(BundleContext context, @Reference CommandProcessor processor) throws IOException {
        this(Path.of(context.getProperty("latchkey.data")), processor);
    }

    ShellServer(Path data, CommandProcessor processor) throws IOException {
        this.commands = new CommandRunner(processor);
        this.socket = SocketFile.open(data.resolve(SOCKET));
        thread(this::accept).start();
        log.atInfo().addKeyValue("socket", data.resolve(SOCKET)).log("the shell listens");
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-shell");
        thread.setDaemon(true);
        return thread;
    }

    /** A shell that has just been left may take a moment to end. */
    private static void waitForThread(Runnable work, ThreadPoolExecutor threads) {
        try {
            if (!threads.isShutdown() && threads.getQueue().offer(work, 250, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        throw new RejectedExecutionException();
    }

    private void accept() {
        while (socket.channel().isOpen()) {
            try {
                serve(socket.channel().accept());
            } catch (ClosedChannelException closing) {
                return;
            } catch (IOException trouble) {
                log.atWarn().setCause(trouble).log("the shell could not accept a connection");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private void serve(SocketChannel client) throws IOException {
        clients.add(client);
        try {
            threads.execute(() -> converse(client));
        } catch (RejectedExecutionException full) {
            try (client) {
                new ShellSession(client, commands).turnAway("All " + SESSIONS + " shells are in use.");
            } finally {
                clients.remove(client);
            }
        }
    }

    private void converse(SocketChannel client) {
        try (client) {
            new ShellSession(client, commands).run();
        } catch (AsynchronousCloseException closing) {
            log.debug("a shell ends with the server");
        } catch (IOException gone) {
            log.atDebug().setCause(gone).log("a shell's client went away");
        } finally {
            clients.remove(client);
        }
    }

    /** Ends the conversations and waits a moment for the commands under way; none is interrupted. */
    @Deactivate
    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdown();
        for (SocketChannel client : clients) {
            client.close();
        }
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

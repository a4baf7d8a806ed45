package org.latchkey.web.feed;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body that goes on, written as the client takes it in (Servlet 6.0, 5.4). In server-sent events a comment is the sign of
 * life (HTML, 9.2.7), between two events alone; in other bodies there is no room for one, and a client that is gone is
 * noticed when there is something to tell.
 */
public final class StreamOutlet implements Outlet, WriteListener, AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(StreamOutlet.class);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private final boolean hasEvents;
    private final AtomicBoolean parted = new AtomicBoolean();
    private volatile boolean isOpen;
    private volatile Follower follower;
    private boolean isBetweenEvents = true;

    public StreamOutlet(AsyncContext exchange, String contentType) throws IOException {
        this.exchange = exchange;
        this.out = exchange.getResponse().getOutputStream();
        this.hasEvents = contentType.startsWith("text/event-stream");
    }

    /** Begins, once the head is written. */
    public void open(Follower reader) {
        follower = reader;
        exchange.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public boolean isReady() {
        return isOpen && out.isReady();
    }

    @Override
    public void send(String piece) throws IOException {
        isBetweenEvents = piece.isEmpty() && isBetweenEvents || piece.endsWith("\n\n") || piece.endsWith("\r\n\r\n");
        out.write(piece.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void beat() throws IOException {
        if (hasEvents && isBetweenEvents) {
            out.write(COMMENT);
        }
    }

    @Override
    public void part(Parting parting, String reason) {
        if (parted.compareAndSet(false, true)) {
            try {
                exchange.complete();
            } catch (IllegalStateException completed) {
                log.atDebug().setCause(completed).log("An answer had ended before");
            }
        }
    }

    @Override
    public void onWritePossible() {
        isOpen = true;
        follower.wake();
    }

    @Override
    public void onError(Throwable gone) {
        follower.part(Parting.GONE);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        parted.set(true);
        follower.part(Parting.GONE);
    }

    @Override
    public void onError(AsyncEvent event) {
        follower.part(Parting.GONE);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        follower.part(Parting.GONE);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}

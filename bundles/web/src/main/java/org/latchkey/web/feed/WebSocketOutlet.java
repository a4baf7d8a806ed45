package org.latchkey.web.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * A WebSocket on which the server alone speaks: one text message a piece. What the client says is not read and
 * not kept, and a message of it that is longer than {@value #LONGEST_MESSAGE} bytes ends the connection (1009); since nobody
 * reads it, nobody looks whether it is UTF-8. A client that answers two pings in a row with nothing at all is gone.
 */
public final class WebSocketOutlet implements Outlet, FrameHandler {

    static final int LONGEST_MESSAGE = 16 * 1024;

    /** The longest reason that fits into the frame (RFC 6455, 5.5). */
    private static final int LONGEST_REASON = 123;

    /** How long a client may take to say that it too has closed. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final int SILENT_PINGS = 2;

    private volatile Follower follower;
    private volatile Optional<CoreSession> session = Optional.empty();
    private volatile boolean isSending;
    private volatile int silentPings;
    private boolean isEveryOtherBeat;
    private int received;

    /** Who is told how it goes; before anything can happen. */
    public void open(Follower reader) {
        follower = reader;
    }

    /** The connection never became a WebSocket. */
    void fail(Throwable gone) {
        follower.part(Parting.GONE);
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = Optional.of(opened);
        callback.succeeded();
        opened.demand();
        follower.wake();
    }

    @Override
    public boolean isReady() {
        return session.isPresent() && !isSending;
    }

    @Override
    public void send(String piece) {
        sendFrame(new Frame(OpCode.TEXT, true, ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void flush() {
        // every frame is, of itself
    }

    /** A ping at every other. */
    @Override
    public void beat() {
        isEveryOtherBeat = !isEveryOtherBeat;
        if (isEveryOtherBeat) {
            return;
        }
        if (silentPings >= SILENT_PINGS) {
            follower.part(Parting.GONE);
        } else {
            silentPings++;
            sendFrame(new Frame(OpCode.PING));
        }
    }

    private void sendFrame(Frame frame) {
        isSending = true;
        session.orElseThrow().sendFrame(frame, Callback.from(this::sent, gone -> follower.part(Parting.GONE)), false);
    }

    private void sent() {
        isSending = false;
        follower.wake();
    }

    @Override
    public void part(Parting parting, String reason) {
        session.ifPresent(open -> {
            if (parting == Parting.GONE) {
                open.abort();
            } else {
                open.setIdleTimeout(FAREWELL);
                open.close(parting.status, cut(reason), Callback.NOOP);
            }
        });
    }

    /** As many whole characters as fit. */
    static String cut(String reason) {
        String cut = reason;
        while (cut.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
            int shorter = Math.min(cut.length() - 1, LONGEST_REASON);
            cut = cut.substring(0, Character.isHighSurrogate(cut.charAt(shorter - 1)) ? shorter - 1 : shorter);
        }
        return cut;
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        silentPings = 0;
        CoreSession open = session.orElseThrow();
        if (frame.getOpCode() == OpCode.PING) {
            ByteBuffer same = BufferUtil.copy(frame.getPayload());
            Callback next = Callback.from(() -> goOn(open, callback), callback::failed);
            open.sendFrame(new Frame(OpCode.PONG, true, same), next, false);
        } else if (frame.getOpCode() == OpCode.CLOSE) {
            callback.succeeded(); // which has Jetty answer it
        } else if (frame.isDataFrame() && isTooLong(frame)) {
            callback.succeeded(); // and no more is taken in
            follower.part(Parting.TOO_LONG);
        } else {
            goOn(open, callback);
        }
    }

    private static void goOn(CoreSession open, Callback callback) {
        callback.succeeded();
        open.demand();
    }

    private boolean isTooLong(Frame frame) {
        received += frame.getPayloadLength();
        boolean isTooLong = received > LONGEST_MESSAGE;
        if (frame.isFin()) {
            received = 0;
        }
        return isTooLong;
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
        follower.part(Parting.GONE);
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        callback.succeeded();
        follower.part(Parting.GONE);
    }
}

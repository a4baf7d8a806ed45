package org.latchkey.procs.log;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Feed;

/**
 * One reader of a log. It remembers the number of a line and at most one chunk, so that thousands may follow, each as slowly as it
 * likes, and the run goes on.
 */
final class LogFeed implements Feed {

    /** The reason of an end that is none of the run. */
    private static final String GOING_AWAY = "going away";

    private final Tails tails;
    private final Tail tail;
    private final LogForm form;
    private final Queue<String> lines = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Runnable waker = () -> {};
    private long position;
    private boolean paused;
    private boolean farewellSaid;

    /** @param position how many lines the reader has already */
    LogFeed(Tails tails, Tail tail, long position, LogForm form) {
        this.tails = tails;
        this.tail = tail;
        this.position = position;
        this.form = form;
    }

    @Override
    public void wakeBy(Runnable given) {
        waker = given;
    }

    @Override
    public Next next() {
        while (lines.isEmpty()) {
            Progress known = tail.progress();
            if (position < known.lines()) {
                if (!read()) {
                    tail.awaitTick(waker);
                    return new Pause();
                }
            } else if (known.end().isPresent()) {
                return end(known.end().get());
            } else if (tails.isClosed()) {
                return new End(GOING_AWAY);
            } else if (tail.await(known, waker)) {
                return pause();
            }
        }
        paused = false;
        int before = lines.size();
        String piece = form.piece(position + 1, lines);
        position += before - lines.size();
        return new Piece(piece);
    }

    /** False if the store cannot be read, or does not have what it should have, so that it is tried again later. */
    private boolean read() {
        try {
            lines.addAll(tail.from(position));
            return !lines.isEmpty();
        } catch (Refusal storeIsAway) {
            return false;
        }
    }

    private Next end(String status) {
        if (!farewellSaid) {
            farewellSaid = true;
            var farewell = form.farewell(status);
            if (farewell.isPresent()) {
                return new Piece(farewell.get());
            }
        }
        return new End(status);
    }

    /** If nothing has come since it paused before, it was woken to show that the connection lives. */
    private Next pause() {
        boolean shows = paused && form.sign().isPresent();
        paused = !shows;
        return shows ? new Piece(form.sign().get()) : new Pause();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            tail.forget(waker);
            tails.leave(tail);
        }
    }
}

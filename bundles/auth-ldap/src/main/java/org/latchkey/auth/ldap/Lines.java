package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The connections, a bounded number of them. Not the pool of the library: there, waiting for a place, connecting and
 * asking have a limit each, and nothing keeps them together within the time of one sign-in.
 */
final class Lines {

    private static final Duration AGE = Duration.ofMinutes(5);

    private final Servers servers;
    private final Semaphore places;
    private final Deque<Line> idle = new ArrayDeque<>();
    private boolean closed;

    Lines(Servers servers, int most) {
        this.servers = servers;
        this.places = new Semaphore(most, true);
    }

    /** What is said over a connection. */
    @FunctionalInterface
    interface Talk<R> {
        R over(Line line) throws LDAPException;
    }

    /**
     * Has the talk, once more from its beginning if the connection breaks.
     *
     * @throws Unavailable if no server answers in time, or one answers nonsense
     */
    <R> R have(Talk<R> talk, Deadline deadline) {
        if (!hasPlace(deadline)) {
            throw new Unavailable("all connections to the directory server are in use");
        }
        try {
            return tried(talk, deadline);
        } finally {
            places.release();
        }
    }

    private boolean hasPlace(Deadline deadline) {
        try {
            return places.tryAcquire(deadline.millis(Duration.ofDays(1)), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <R> R tried(Talk<R> talk, Deadline deadline) {
        for (int triesLeft = servers.number(); ; triesLeft--) {
            Optional<Line> used = takeIdle();
            Line line = used.orElseGet(() -> servers.open(deadline));
            try {
                return said(talk, line);
            } catch (LDAPException broken) {
                boolean gone = !broken.getResultCode().isConnectionUsable();
                if (gone && used.isPresent()) {
                    closeIdle();
                }
                if (gone && (used.isEmpty() || broken.getResultCode() == ResultCode.TIMEOUT)) {
                    line.failed(broken);
                }
                if (!gone || triesLeft == 0 || deadline.isOver()) {
                    throw new Unavailable("the directory server answers " + broken.getResultCode(), broken);
                }
            }
        }
    }

    private <R> R said(Talk<R> talk, Line line) throws LDAPException {
        boolean sound = false;
        try {
            R answer = talk.over(line);
            sound = true;
            return answer;
        } finally {
            if (!sound || !keeps(line)) {
                line.close();
            }
        }
    }

    private synchronized boolean keeps(Line line) {
        if (!closed) {
            idle.push(line);
        }
        return !closed;
    }

    private synchronized Optional<Line> takeIdle() {
        while (!idle.isEmpty()) {
            Line line = idle.pop();
            if (line.isUsable(AGE)) {
                return Optional.of(line);
            }
            line.close();
        }
        return Optional.empty();
    }

    private synchronized void closeIdle() {
        idle.forEach(Line::close);
        idle.clear();
    }

    /** Ends them; what is being said is said to its end. */
    synchronized void close() {
        closed = true;
        closeIdle();
    }
}

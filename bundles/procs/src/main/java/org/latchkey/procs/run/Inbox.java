package org.latchkey.procs.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Watch;
import org.latchkey.procs.run.Execution.End;

/**
 * What an executor tells of a run, until it is stored. Whoever tells more than can be stored waits, so that nothing is lost and
 * memory is bounded. Only one ear is open at a time: what the executor tells the one before is not heard any more.
 */
final class Inbox {

    /** How many characters of output may wait. */
    private static final int MOST = 256 * 1024;

    /** How long one line waits at once before it looks whether it is still wanted. */
    private static final long LOOK_MILLIS = 1000;

    /**
     * What was told.
     *
     * @param handle what the executor finds the run by
     * @param runs whether it has begun to run
     * @param lines since what was taken before
     * @param seen how many lines were told in all
     * @param end how it ended, if it has
     */
    record Told(String handle, boolean runs, List<String> lines, long seen, Optional<End> end) {

        boolean saysMoreThan(Told stored) {
            return !handle.equals(stored.handle())
                    || runs != stored.runs()
                    || !lines.isEmpty()
                    || seen != stored.seen()
                    || end.isPresent();
        }
    }

    /** An open ear, and how many lines were told before it was opened. */
    record Opened(Watch ear, long seen) {}

    private final Runnable arrival;
    private final List<String> lines = new ArrayList<>();
    private String handle;
    private boolean runs;
    private long seen;
    private int waiting;
    private Optional<End> end = Optional.empty();
    private Optional<Ear> open = Optional.empty();
    private boolean news;

    /** @param arrival what to run when there is news; must be quick */
    Inbox(String handle, long seen, Runnable arrival) {
        this.handle = handle;
        this.seen = seen;
        this.arrival = arrival;
    }

    /** Hears an executor from now on. */
    synchronized Opened open() {
        Ear ear = new Ear();
        open = Optional.of(ear);
        notifyAll();
        return new Opened(ear, seen);
    }

    /** Hears nobody any more. */
    synchronized void close() {
        open = Optional.empty();
        notifyAll();
    }

    /** It was begun. */
    void begun(String given) {
        synchronized (this) {
            handle = given;
            news = true;
        }
        arrival.run();
    }

    /** It is over for a reason that no executor tells. */
    void end(End given) {
        synchronized (this) {
            if (end.isEmpty()) {
                end = Optional.of(given);
                news = true;
                close();
            }
        }
        arrival.run();
    }

    /** Whether there is something to take: nothing is believed of a run before it is known how to find it. */
    synchronized boolean hasNews() {
        return news && (!handle.isEmpty() || end.isPresent());
    }

    synchronized Told take() {
        Told told = new Told(handle, runs, List.copyOf(lines), seen, end);
        lines.clear();
        waiting = 0;
        news = false;
        notifyAll();
        return told;
    }

    private synchronized boolean isOpen(Ear ear) {
        return open.filter(each -> each == ear).isPresent();
    }

    /** What the executor is given. */
    private final class Ear implements Watch {

        @Override
        public void running() {
            synchronized (Inbox.this) {
                if (!isOpen(this) || runs) {
                    return;
                }
                runs = true;
                news = true;
            }
            arrival.run();
        }

        @Override
        public void line(String text) {
            // Refused to whoever tells it: taken, it could never be stored, nor anything after it.
            Objects.requireNonNull(text, "a line is never null");
            synchronized (Inbox.this) {
                if (!waitForRoom() || !isOpen(this)) {
                    return;
                }
                lines.add(text);
                waiting += text.length() + 1;
                seen++;
                news = true;
            }
            arrival.run();
        }

        /** False if the thread was interrupted: then the line is not heard, and whoever resumes the run gets it again. */
        private boolean waitForRoom() {
            try {
                while (waiting > MOST && isOpen(this)) {
                    Inbox.this.wait(LOOK_MILLIS);
                }
                return true;
            } catch (InterruptedException executorEnds) {
                Thread.currentThread().interrupt();
                close();
                return false;
            }
        }

        @Override
        public void ended(Ending ending) {
            synchronized (Inbox.this) {
                if (!isOpen(this)) {
                    return;
                }
            }
            Inbox.this.end(End.of(ending));
        }
    }
}

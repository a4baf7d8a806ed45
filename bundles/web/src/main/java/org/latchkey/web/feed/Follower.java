package org.latchkey.web.feed;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Feed;
import org.latchkey.api.kernel.PluginFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that follows a feed. It is woken by the feed, by the client that takes in more, by the clock and by what ends it,
 * from any thread and as often as they like; what there is to do is then done by one thread at a time, and none is held
 * between.
 */
public final class Follower {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    /** How many pieces in a row, before it is another follower's turn. */
    private static final int TURN = 64;

    /** A client that takes in nothing for so long is held gone. */
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ContainedFeed feed;
    private final Outlet outlet;
    private final FeedThreads threads;
    private final Consumer<Follower> onEnd;
    private final long since = System.nanoTime();

    /** How often it was woken since it began the present turn; nothing goes on while this is 0. */
    private final AtomicInteger wakes = new AtomicInteger();

    private final AtomicReference<Optional<Parting>> told = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean beatIsDue;
    private volatile long lastBeat = since;
    private volatile long lastReady = since;
    private boolean unflushed = true; // the head of the answer

    Follower(ContainedFeed feed, Outlet outlet, FeedThreads threads, Consumer<Follower> onEnd) {
        this.feed = feed;
        this.outlet = outlet;
        this.threads = threads;
        this.onEnd = onEnd;
        feed.wakeBy(this::wake);
        feed.onStuck(() -> threads.execute(() -> finish(Parting.FAULT, "")));
    }

    /** There may be something to do. */
    public void wake() {
        if (wakes.getAndIncrement() == 0) {
            threads.execute(this::run);
        }
    }

    /** Ends it soon; the first who says so has the say. */
    public void part(Parting parting) {
        told.compareAndSet(Optional.empty(), Optional.of(parting));
        wake();
    }

    /** A look at the clock. */
    void look(long now, long beatNanos) {
        if (!feed.isServed()) {
            part(Parting.RESTART);
        } else if (now - lastBeat >= beatNanos) {
            boolean isStalled = beatIsDue && now - lastReady >= PATIENCE_NANOS;
            if (isStalled) {
                part(Parting.GONE);
                return;
            }
            lastBeat = now;
            beatIsDue = true;
            wake();
        }
    }

    /** Whatever is thrown that nobody foresaw ends this follower: else it would be held busy for ever, and never end. */
    private void run() {
        try {
            takeTurns();
        } catch (RuntimeException | Error unforeseen) {
            wakes.set(0);
            if (!over.get()) {
                part(Parting.FAULT);
            }
            log.atError()
                    .addKeyValue("plugin", feed.plugin())
                    .setCause(unforeseen)
                    .log("A feed is ended");
        }
    }

    private void takeTurns() {
        int seen;
        do {
            seen = wakes.get();
            if (takeTurn()) {
                threads.execute(this::run);
                return;
            }
        } while (!wakes.compareAndSet(seen, 0));
    }

    /** Does what there is to do now; says whether there is more at once. */
    private boolean takeTurn() {
        try {
            for (int pieces = 0; pieces < TURN; pieces++) {
                if (!goesOn()) {
                    return false;
                }
            }
            return true;
        } catch (IOException | IllegalStateException gone) {
            log.atDebug().setCause(gone).log("The client of a feed is gone");
            finish(Parting.GONE, "");
        } catch (PluginFault | Refusal fault) {
            log.atWarn()
                    .addKeyValue("plugin", feed.plugin())
                    .addKeyValue("fault", fault.getMessage())
                    .log("A feed fails and is ended");
            finish(Parting.FAULT, "");
        }
        return false;
    }

    /** One step; says whether another may follow at once. */
    private boolean goesOn() throws IOException {
        Optional<Parting> parting = told.get();
        if (parting.isPresent()) {
            finish(parting.get(), "");
        } else if (!over.get() && !feed.isServed()) {
            finish(Parting.RESTART, "");
        }
        if (over.get() || !outlet.isReady()) {
            return false;
        }
        lastReady = System.nanoTime();
        if (beatIsDue) {
            beatIsDue = false;
            outlet.beat();
            unflushed = true;
            return true;
        }
        return tell(feed.next());
    }

    private boolean tell(Feed.Next next) throws IOException {
        if (next instanceof Feed.Piece piece) {
            outlet.send(piece.text());
            unflushed = true;
            return true;
        }
        if (next instanceof Feed.End end) {
            finish(Parting.DONE, Optional.ofNullable(end.reason()).orElse(""));
        } else if (unflushed) {
            unflushed = false;
            outlet.flush();
        }
        return false;
    }

    private void finish(Parting parting, String reason) {
        if (over.compareAndSet(false, true)) {
            onEnd.accept(this);
            try {
                outlet.part(parting, reason);
            } finally {
                feed.close();
            }
        }
    }
}

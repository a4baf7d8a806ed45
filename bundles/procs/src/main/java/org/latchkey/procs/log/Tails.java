package org.latchkey.procs.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Feed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends of those logs that somebody follows, for all followers of a log together. Whoever writes a log on this node tells what it has
 * stored; logs that are written on other nodes are looked at in the store now and then.
 */
public final class Tails {

    private static final Logger log = LoggerFactory.getLogger(Tails.class);

    private final Logs logs;
    private final LongFunction<Optional<Progress>> progress;
    private final Map<Long, Tail> tails = new HashMap<>();
    private boolean closed;

    /** @param progress how far the log of a run has come, by what is stored */
    public Tails(Logs logs, LongFunction<Optional<Progress>> progress) {
        this.logs = logs;
        this.progress = progress;
    }

    /**
     * What tells a log to one reader: what there is, and then what comes, until its run has ended.
     *
     * @param now how far it has come
     * @param from how many lines the reader has already
     */
    public Feed follow(long run, Progress now, long from, LogForm form) {
        Tail tail;
        synchronized (this) {
            tail = tails.computeIfAbsent(run, none -> new Tail(logs, run));
            tail.entered();
        }
        tail.advance(now, Optional.empty());
        return new LogFeed(this, tail, from, form);
    }

    /** Tells nothing any more: all readers are sent away, and go on where they were when they come again. */
    public void close() {
        List<Tail> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(tails.values());
        }
        all.forEach(Tail::tick);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void leave(Tail tail) {
        if (tail.left()) {
            tails.remove(tail.run());
        }
    }

    /** How many follow a log at the moment. */
    public synchronized int followers() {
        return tails.values().stream().mapToInt(Tail::followers).sum();
    }

    /** This is stored now; wakes whoever waits for it. Returns at once. */
    public void told(long run, Progress now, LogWriter.Tip tip) {
        Tail tail;
        synchronized (this) {
            tail = tails.get(run);
        }
        if (tail != null) {
            tail.advance(now, Optional.of(tip.chunk()));
        }
    }

    /** Looks at the store for what was written on other nodes. */
    public void look() {
        List<Tail> all;
        synchronized (this) {
            all = new ArrayList<>(tails.values());
        }
        for (Tail tail : all) {
            try {
                if (tail.isQuiet()) {
                    progress.apply(tail.run()).ifPresent(now -> tail.advance(now, Optional.empty()));
                }
            } catch (Refusal storeIsAway) {
                log.atDebug()
                        .addKeyValue("run", tail.run())
                        .setCause(storeIsAway)
                        .log("a log cannot be looked at");
            } catch (RuntimeException damaged) {
                log.atWarn().addKeyValue("run", tail.run()).setCause(damaged).log("a log cannot be read");
            }
        }
    }

    /** Wakes all who wait, so that quiet connections show that they live and what failed is tried again. */
    public void tick() {
        List<Tail> all;
        synchronized (this) {
            all = new ArrayList<>(tails.values());
        }
        all.forEach(Tail::tick);
    }
}

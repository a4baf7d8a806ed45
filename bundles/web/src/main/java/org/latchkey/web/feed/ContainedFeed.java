package org.latchkey.web.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Feed;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed that is called as its endpoint is, within its place count and its quarantine, and never once its component is
 * deactivated; but unlike it within a deadline, since few threads serve all feeds. Between two calls it holds nothing of the plugin. It is closed once however often it is told.
 */
public final class ContainedFeed implements Feed {

    private static final Logger log = LoggerFactory.getLogger(ContainedFeed.class);

    /** The most that a piece may have, in UTF-16 units; so says the API. */
    private static final int LONGEST_PIECE = 64 * 1024;

    private static final Runnable NOTHING = () -> {};

    private final Feed feed;
    private final Link<Endpoint> link;
    private final Extensions<Endpoint> endpoints;
    private final ExtensionPoints points;
    private final FeedThreads threads;
    private final Duration deadline;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable waker = NOTHING;
    private volatile Runnable onStuck = NOTHING;

    ContainedFeed(Feed feed, Link<Endpoint> link, ExtensionPoints points, FeedThreads threads, Duration deadline) {
        this.feed = feed;
        this.link = link;
        this.endpoints = points.of(Endpoint.class);
        this.points = points;
        this.threads = threads;
        this.deadline = deadline;
    }

    /** Whether the revision of the plugin that gave it still serves. */
    boolean isServed() {
        return endpoints.links().contains(link);
    }

    /** What to do, on another thread, if a call never comes back. */
    void onStuck(Runnable action) {
        onStuck = action;
    }

    /** Tells the feed whom to wake; for a caller that is inside the endpoint. */
    public void begin() {
        feed.wakeBy(() -> waker.run());
    }

    @Override
    public void wakeBy(Runnable changed) {
        waker = changed;
    }

    /**
     * A pause too if the plugin has just left, which {@link #isServed} then tells, or if it has as many calls as it may have:
     * then the waker is run a moment later, since what the endpoint has to do otherwise is no fault of the feed.
     *
     * @throws PluginFault if the plugin is at fault
     */
    @Override
    public Next next() {
        Optional<Chain<Endpoint>> held = endpoints.enter(link);
        if (held.isEmpty()) {
            return new Pause();
        }
        try (Chain<Endpoint> holding = held.get()) {
            return inside(holding.links().get(0), endpoint -> checked(feed.next()));
        } catch (PluginFault fault) {
            if (fault.kind() != PluginFault.Kind.BUSY) {
                throw fault;
            }
            log.atDebug().addKeyValue("plugin", plugin()).log("A feed waits for a place in its endpoint");
            threads.later(() -> waker.run());
            return new Pause();
        }
    }

    private static Next checked(Next next) {
        if (next == null
                || next instanceof Piece piece
                        && (piece.text() == null || piece.text().length() > LONGEST_PIECE)) {
            throw new IllegalStateException("The feed gave no piece that can be sent.");
        }
        return next;
    }

    private <R> R inside(Link<Endpoint> of, Link.Call<Endpoint, R> call) {
        AtomicBoolean lost = new AtomicBoolean();
        ExtensionPoints.Scope wayOut = points.whenStuck(() -> {
            lost.set(true);
            threads.oneMore();
            onStuck.run();
        });
        try {
            return of.call(call, deadline);
        } finally {
            wayOut.close();
            if (lost.get()) {
                threads.oneLess();
            }
        }
    }

    /**
     * Tells the feed, and if its plugin cannot be called any more, all the same, on a thread that nobody waits for: it may
     * hold what only it can let go of.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        waker = NOTHING;
        AtomicBoolean told = new AtomicBoolean();
        try {
            inside(link, endpoint -> {
                told.set(true);
                feed.close();
                return Optional.empty();
            });
        } catch (PluginFault | Refusal fault) {
            log.atDebug().addKeyValue("plugin", plugin()).setCause(fault).log("A feed is not closed well");
            if (!told.get()) {
                threads.farewell(link, this::closeOutside);
            }
        }
    }

    /** Catches everything: here foreign code ends. */
    private void closeOutside() {
        try {
            feed.close();
        } catch (Throwable thrown) {
            log.atWarn().addKeyValue("plugin", plugin()).setCause(thrown).log("A feed cannot be closed");
        }
    }

    String plugin() {
        return link.info().bundle();
    }
}

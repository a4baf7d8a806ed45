package org.latchkey.web.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Feed;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Link;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All who follow a feed. Ends those of a plugin as soon as its revision no longer serves, so that they hold up no replacement, and
 * all when the server stops. As many as the settings allow; who comes then is refused, and those who are there stay.
 */
@Component(service = Feeds.class, configurationPid = "latchkey.web")
@Designate(ocd = Feeds.Config.class)
public final class Feeds {

    @ObjectClassDefinition(name = "Latchkey feeds", description = "Answers that go on: server-sent events, WebSockets.")
    public @interface Config {

        @AttributeDefinition(min = "0", description = "How many may be open at once; more are answered 503.")
        int feeds() default 10_000;

        @AttributeDefinition(
                min = "1",
                max = "3600",
                description =
                        "Seconds between two signs of life to one that has nothing to tell, in server-sent events; a"
                                + " WebSocket is asked for one after twice as many.")
        int heartbeatSeconds() default 15;

        @AttributeDefinition(
                min = "1",
                max = "3600",
                description = "Seconds that a plugin may take for one piece; one that takes longer is interrupted, and"
                        + " that answer ends.")
        int pieceSeconds() default 5;
    }

    private static final Logger log = LoggerFactory.getLogger(Feeds.class);

    /** What the settings come to. */
    private record Limits(int feeds, Duration heartbeat, Duration piece) {

        static Limits of(Config config) {
            return new Limits(
                    Math.max(0, config.feeds()),
                    Duration.ofSeconds(Math.max(1, config.heartbeatSeconds())),
                    Duration.ofSeconds(Math.max(1, config.pieceSeconds())));
        }
    }

    private final ExtensionPoints points;
    private final FeedThreads threads = new FeedThreads();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean looks = new AtomicBoolean();
    private volatile Limits limits;
    private volatile boolean stopped;

    @Activate
    public Feeds(@Reference ExtensionPoints points, Config config) {
        this(points, Limits.of(config));
    }

    /** With these limits. */
    public Feeds(ExtensionPoints points, int feeds, Duration heartbeat, Duration piece) {
        this(points, new Limits(feeds, heartbeat, piece));
    }

    private Feeds(ExtensionPoints points, Limits limits) {
        this.points = points;
        this.limits = limits;
    }

    /** In place: nobody who follows a feed notices. */
    @Modified
    void modified(Config config) {
        limits = Limits.of(config);
    }

    /** How often a client is to hear from the server. */
    public Duration heartbeat() {
        return limits.heartbeat();
    }

    /** How many are open. */
    public int open() {
        return count.get();
    }

    /** The feed that an endpoint gave, as the server calls it. */
    public ContainedFeed contain(Feed feed, Link<Endpoint> link) {
        return new ContainedFeed(feed, link, points, threads, limits.piece());
    }

    /** Has somebody follow the feed from their first {@link Follower#wake} on, or nobody, if there are too many. */
    public Optional<Follower> admit(ContainedFeed feed, Outlet outlet) {
        if (count.incrementAndGet() > limits.feeds() || stopped) {
            count.decrementAndGet();
            return Optional.empty();
        }
        threads.start();
        Follower follower = new Follower(feed, outlet, threads, this::remove);
        followers.add(follower);
        if (stopped) {
            follower.part(Parting.STOP);
        }
        lookLater();
        return Optional.of(follower);
    }

    private void remove(Follower follower) {
        if (followers.remove(follower)) {
            count.decrementAndGet();
        }
    }

    private void lookLater() {
        if (!followers.isEmpty() && looks.compareAndSet(false, true)) {
            threads.later(this::look);
        }
    }

    private void look() {
        long now = System.nanoTime();
        long beat = limits.heartbeat().toNanos();
        try {
            followers.forEach(follower -> look(follower, now, beat));
        } finally {
            looks.set(false);
            lookLater();
        }
    }

    /** Whatever is thrown at one that nobody foresaw: the others are looked at all the same, and it next time. */
    private static void look(Follower follower, long now, long beat) {
        try {
            follower.look(now, beat);
        } catch (RuntimeException unforeseen) {
            log.atError().setCause(unforeseen).log("A feed cannot be looked at");
        }
    }

    @Deactivate
    public void stop() {
        stopped = true;
        followers.forEach(follower -> follower.part(Parting.STOP));
        threads.stop();
    }
}

package org.latchkey.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.SessionObserver;
import org.latchkey.api.extension.SessionObserver.Cause;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions in the store, on a replica in memory. What the browser holds is nowhere but there: the key is its hash. */
@Component(immediate = true, configurationPid = "latchkey.session")
@Designate(ocd = StoredSessions.Config.class)
public final class StoredSessions implements Sessions {

    @ObjectClassDefinition(name = "Latchkey sessions", description = "How long people stay signed in.")
    public @interface Config {

        @AttributeDefinition(min = "1", description = "A session ends when it is not used for so many minutes.")
        int idleMinutes() default 60;

        @AttributeDefinition(min = "1", description = "A session ends after so many hours.")
        int hours() default 12;

        @AttributeDefinition(
                min = "1",
                max = "90",
                description = "A session on a device that is to be remembered ends after so many days, used or not.")
        int rememberDays() default 30;

        @AttributeDefinition(
                description = "Whether the sessions of somebody end when their secret is changed. Tokens of theirs end"
                        + " in any case.")
        boolean endOnNewSecret() default true;
    }

    private static final Logger log = LoggerFactory.getLogger(StoredSessions.class);

    /** How long another node may take to hear that a session has ended. */
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private static final Duration TOUCH = Duration.ofMinutes(1);
    private static final int SWEPT = 500;
    private static final int MOST_TRIES = 20;
    private static final int MOST_LISTED = 500;
    private static final int LONGEST_AGENT = 256;

    private final Duration idle;
    private final Shelf shelf;
    private final Directory directory;
    private final ClaimCollector claims;
    private final EndingObservers observers;
    private final Welcome welcome;
    private final Config config;
    private final Clock clock;

    /** How far the sweeper came among all sessions; on its thread only. */
    private String swept = "";

    private final Cache<String, Kept> recent = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** The keys of sessions by their ids, so that who asks by id finds it among the recent ones too. */
    private final Cache<String, String> keys =
            Caffeine.newBuilder().maximumSize(20_000).executor(Runnable::run).build();

    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "latchkey-sessions");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public StoredSessions(
            @Reference Store store,
            @Reference Directory directory,
            @Reference ExtensionPoints points,
            @Reference Audit audit,
            @Reference Outbox outbox,
            Config config) {
        this(store, directory, points, audit, outbox, config, Clock.systemUTC());
        sweeper.scheduleWithFixedDelay(this::sweep, 20, 20, TimeUnit.SECONDS);
    }

    StoredSessions(
            Store store,
            Directory directory,
            ExtensionPoints points,
            Audit audit,
            Outbox outbox,
            Config config,
            Clock clock) {
        this.idle = Duration.ofMinutes(config.idleMinutes());
        this.shelf = store.isReadOnly() ? new MemoryShelf(idle) : new StoredShelf(store, outbox, idle);
        this.directory = directory;
        this.claims = new ClaimCollector(points, directory, audit);
        this.observers = new EndingObservers(points.of(SessionObserver.class));
        this.welcome = new Welcome(directory, idle, config.endOnNewSecret(), clock);
        this.config = config;
        this.clock = clock;
    }

    @Deactivate
    void close() {
        sweeper.shutdownNow();
    }

    /** Somebody who proves again who they are goes on with their session; a session of somebody else ends. */
    @Override
    public Begun begin(
            Caller caller,
            Principal principal,
            Wishes wishes,
            Optional<String> before,
            Map<String, Set<String>> proofs,
            String userAgent) {
        // Before claims are asked for, which takes time: a secret that is changed meanwhile ends this session too.
        Standing standing = directory.standing(principal.id()).orElse(Kept.STRANGER);
        Optional<Kept> had = before.map(RandomId::hash).flatMap(shelf::get).filter(welcome::isAlive);
        Optional<Kept> same = had.filter(kept -> isOf(kept, principal));
        had.filter(kept -> !isOf(kept, principal)).ifPresent(kept -> end(kept, Cause.REPLACED));
        Instant now = clock.instant();
        Session session = new Session(
                same.map(kept -> kept.session().id()).orElseGet(RandomId::next),
                principal,
                claims.claims(caller, principal),
                now,
                now.plus(wishes.remember() ? Duration.ofDays(config.rememberDays()) : Duration.ofHours(config.hours())),
                wishes.remember(),
                wishes.warn(),
                proved(same.map(kept -> kept.session().proofs()).orElse(Map.of()), proofs, now));
        String cookie = RandomId.next();
        String agent = userAgent.substring(0, Math.min(LONGEST_AGENT, userAgent.length()));
        Kept kept = new Kept(RandomId.hash(cookie), session, now, standing, caller.address(), agent, 0);
        shelf.put(kept, same);
        same.ifPresent(old -> recent.invalidate(old.key()));
        return new Begun(session, cookie);
    }

    private static Map<String, Proved> proved(Map<String, Proved> so, Map<String, Set<String>> more, Instant now) {
        Map<String, Proved> all = new HashMap<>(so);
        more.forEach((name, amr) -> all.put(name, new Proved(amr, now, 0)));
        return all;
    }

    @Override
    public Optional<Begun> proved(Session session, String name, Set<String> amr) {
        Optional<Begun> begun = Optional.empty();
        for (int tries = 1; begun.isEmpty() && isAlive(session); tries++) {
            try {
                begun = moved(session, name, amr);
            } catch (Refusal meanwhile) {
                if (meanwhile.kind() != Refusal.Kind.CONFLICT || tries == MOST_TRIES) {
                    throw meanwhile;
                }
            }
        }
        return begun;
    }

    private boolean isAlive(Session session) {
        return shelf.byId(session.id())
                .filter(kept -> welcome.isAlive(kept) && isOf(kept, session.principal()))
                .isPresent();
    }

    private Optional<Begun> moved(Session session, String name, Set<String> amr) {
        return shelf.byId(session.id()).map(had -> {
            String cookie = RandomId.next();
            Map<String, Proved> proofs = proved(had.session().proofs(), Map.of(name, amr), clock.instant());
            Kept kept = had.with(proofs).under(RandomId.hash(cookie));
            shelf.put(kept, Optional.of(had));
            recent.invalidate(had.key());
            return new Begun(kept.session(), cookie);
        });
    }

    @Override
    public boolean use(Session judged, Set<String> names) {
        while (true) {
            Optional<Kept> had = shelf.byId(judged.id());
            if (had.isEmpty()) {
                return false;
            }
            Map<String, Proved> proofs = new HashMap<>(had.get().session().proofs());
            for (String name : names) {
                Proved proved = proofs.get(name);
                if (proved == null || !proved.equals(judged.proofs().get(name))) {
                    return false;
                }
                proofs.put(name, new Proved(proved.amr(), proved.at(), proved.uses() + 1));
            }
            if (names.isEmpty() || shelf.change(had.get().with(proofs))) {
                recent.invalidate(had.get().key());
                return true;
            }
        }
    }

    private static boolean isOf(Kept kept, Principal principal) {
        Principal holder = kept.session().principal();
        return holder.id().equals(principal.id()) && holder.source().equals(principal.source());
    }

    @Override
    public Optional<Session> find(String cookie) {
        return living(RandomId.hash(cookie)).map(Kept::session);
    }

    @Override
    public Optional<Session> byId(String id) {
        Optional<Kept> kept = Optional.ofNullable(keys.getIfPresent(id))
                .flatMap(this::kept)
                .filter(known -> known.session().id().equals(id))
                .or(() -> shelf.byId(id));
        kept.ifPresent(known -> keys.put(id, known.key()));
        return kept.filter(welcome::isAlive).map(Kept::session);
    }

    @Override
    public List<Trace> of(Principal principal) {
        return shelf.ofEntity(principal.id(), MOST_LISTED).stream()
                .filter(kept -> isOf(kept, principal))
                .filter(welcome::isAlive)
                .sorted(Comparator.comparing((Kept kept) -> kept.usedAt()).reversed())
                .map(Kept::trace)
                .toList();
    }

    private Optional<Kept> living(String key) {
        return kept(key).filter(welcome::isAlive).map(this::used);
    }

    private Optional<Kept> kept(String key) {
        return Optional.ofNullable(recent.get(key, absent -> shelf.get(absent).orElse(null)));
    }

    private Kept used(Kept kept) {
        Instant now = clock.instant();
        if (Duration.between(kept.usedAt(), now).compareTo(TOUCH) < 0) {
            return kept;
        }
        Kept touched = kept.usedAt(now);
        shelf.touch(touched);
        recent.invalidate(kept.key());
        return touched;
    }

    @Override
    public void end(String id) {
        shelf.byId(id).ifPresent(kept -> end(kept, Cause.SIGNED_OUT));
    }

    private void end(Kept kept, Cause cause) {
        recent.invalidate(kept.key());
        if (!shelf.remove(kept, cause)) {
            return;
        }
        log.atInfo()
                .addKeyValue("entity", kept.session().principal().id())
                .addKeyValue("session", kept.session().id())
                .log("session ended");
        observers.tell(kept.session(), cause);
    }

    /** Ends those whose time is over, and a part at a time those of people who are locked or gone. */
    void sweep() {
        try {
            shelf.endingBy(clock.instant(), SWEPT).forEach(kept -> end(kept, Cause.EXPIRED));
            List<Kept> part = shelf.after(swept, SWEPT);
            part.stream().filter(kept -> !welcome.holds(kept)).forEach(kept -> end(kept, Cause.REVOKED));
            swept = part.size() < SWEPT ? "" : part.get(part.size() - 1).key();
        } catch (Refusal later) {
            log.atDebug().addKeyValue("reason", later.getMessage()).log("sessions are swept later");
        }
    }
}

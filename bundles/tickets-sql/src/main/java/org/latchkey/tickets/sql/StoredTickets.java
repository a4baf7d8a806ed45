package org.latchkey.tickets.sql;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.cas.TicketRegistry;
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

/**
 * Keeps tickets in the store: they survive restarts and replacements, and all nodes on one database share them. Of ids only
 * hashes are kept, so who reads the database cannot use a ticket. Each change is made on condition that nobody was faster;
 * so a ticket is used once, on however many nodes it is tried. A used service or proxy ticket is taken away at once. While
 * the database cannot be reached everything is refused (UNAVAILABLE); a ticket whose use was not acknowledged may be used up.
 */
@Component(
        service = TicketRegistry.class,
        configurationPid = "latchkey.tickets.sql",
        property = {TicketRegistry.NAME + "=sql", "service.ranking:Integer=100"})
@Designate(ocd = StoredTickets.Config.class)
public final class StoredTickets implements TicketRegistry {

    @ObjectClassDefinition(name = "Latchkey CAS tickets in the store", description = "When they are tidied up.")
    public @interface Config {
        @AttributeDefinition(
                name = "Sweep",
                description = "Every how many seconds expired tickets are taken away.",
                min = "1",
                max = "3600")
        int sweepSeconds() default 60;
    }

    private static final Logger LOG = LoggerFactory.getLogger(StoredTickets.class);

    /** How many levels of expired proxies are swept at once; the others come with the next sweep. */
    private static final int LEVELS = 8;

    private final TicketTable table;
    private final Clock clock;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "latchkey-cas-stored-tickets");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public StoredTickets(@Reference Store store, Config config) {
        this(store, Clock.systemUTC());
        int seconds = config.sweepSeconds();
        if (seconds < 1 || seconds > 3600) {
            throw new IllegalArgumentException("sweepSeconds must be from 1 to 3600.");
        }
        sweeper.scheduleWithFixedDelay(this::trySweep, seconds, seconds, TimeUnit.SECONDS);
    }

    /** One that is swept by hand. */
    StoredTickets(Store store, Clock clock) {
        this.table = new TicketTable(store);
        this.clock = clock;
    }

    @Deactivate
    void deactivate() {
        sweeper.shutdownNow();
    }

    @Override
    public void add(Ticket ticket) {
        StoredTicket added = StoredTicket.of(ticket);
        requireUsable(added.parentKey());
        if (!table.commit(added.put())) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is already a ticket of this id.");
        }
        try {
            requireUsable(added.parentKey()); // it may have ended meanwhile, and not have seen this one
        } catch (Refusal ended) {
            table.delete(added.key());
            throw ended;
        }
    }

    private void requireUsable(String parentKey) {
        if (!parentKey.isEmpty()
                && table.get(parentKey)
                        .filter(parent -> parent.ticket().isUsable(clock.instant()))
                        .isEmpty()) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "ticket-ended", "The sign-in that this belongs to has ended.");
        }
    }

    @Override
    public Optional<Ticket> get(String id) {
        return table.get(SealedId.hash(id)).map(stored -> stored.opened(id));
    }

    @Override
    public Optional<Ticket> consume(String id) {
        while (true) {
            Optional<StoredTicket> stored = table.get(SealedId.hash(id));
            if (stored.isEmpty() || isUsedUp(stored.get())) {
                return stored.map(was -> was.opened(id));
            }
        }
    }

    /** Whether it is used up now; if not, somebody was faster. */
    private boolean isUsedUp(StoredTicket stored) {
        Ticket was = stored.ticket();
        return was.kind().grants()
                ? !was.valid() || table.commit(stored.with(was.invalid()).put())
                : table.commit(stored.delete());
    }

    @Override
    public Optional<Ticket> update(String id, UnaryOperator<Ticket> change) {
        while (true) {
            Optional<StoredTicket> stored =
                    table.get(SealedId.hash(id)).filter(each -> each.ticket().isUsable(clock.instant()));
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            Ticket was = stored.get().ticket();
            Ticket changed = new Ticket(
                    was.id(),
                    was.kind(),
                    was.parent(),
                    was.created(),
                    was.expires(),
                    true,
                    change.apply(stored.get().opened(id)).content());
            if (table.commit(stored.get().with(changed).put())) {
                return Optional.of(stored.get().with(changed).opened(id));
            }
        }
    }

    @Override
    public List<Ticket> end(String id) {
        return Ending.of(table, id);
    }

    @Override
    public void clear() {
        table.keys().forEach(table::delete);
    }

    /** Counts them one by one: not to be asked often. */
    @Override
    public long size() {
        AtomicLong valid = new AtomicLong();
        table.forEachAfter(
                clock.instant(), each -> valid.addAndGet(each.ticket().valid() ? 1 : 0));
        return valid.get();
    }

    /** A sweep that fails must not be the last one. */
    private void trySweep() {
        try {
            sweep();
        } catch (RuntimeException failed) {
            LOG.atWarn().setCause(failed).log("expired tickets could not be taken away; this is tried again");
        }
    }

    /**
     * Takes away what has expired, except for granting tickets that something still hangs on: until that has expired too,
     * it must end with them.
     */
    void sweep() {
        if (table.isReadOnly()) {
            return;
        }
        Instant now = clock.instant();
        AtomicLong swept = new AtomicLong();
        for (int level = 0; level < LEVELS; level++) {
            swept.set(0);
            table.forEachExpired(now, each -> {
                boolean isNeeded = each.ticket().kind().grants() && table.hasChildren(each.key());
                swept.addAndGet(!isNeeded && table.commit(each.delete()) ? 1 : 0);
            });
            if (swept.get() == 0) {
                return;
            }
        }
    }
}

package org.latchkey.notify;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.framework.BundleContext;
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
 * The outbox in the store: each notice becomes one item for each notifier, written in the commit of its change and
 * deleted when that notifier has taken it. There at once and always, for whoever changes something refers to it.
 */
@Component(
        service = {Outbox.class, HealthCheck.class, StoredOutbox.class},
        immediate = true,
        configurationPid = "latchkey.notify",
        property = HealthCheck.READINESS + ":Boolean=false")
@Designate(ocd = StoredOutbox.Config.class)
public final class StoredOutbox implements Outbox, HealthCheck {

    @ObjectClassDefinition(name = "Latchkey notify", description = "How notices wait for notifiers.")
    public @interface Config {
        @AttributeDefinition(
                name = "Poll",
                description =
                        "How often the store is looked at for what another node left there, in seconds; what this one stores goes out at once.",
                min = "1")
        int pollSeconds() default 30;

        @AttributeDefinition(
                name = "First retry",
                description =
                        "How long after a first failure it is tried again, in milliseconds; twice as long each time.",
                min = "1")
        int firstRetryMillis() default 1000;

        @AttributeDefinition(
                name = "Longest retry",
                description = "The longest time between two attempts, in seconds.",
                min = "1")
        int longestRetrySeconds() default 300;

        @AttributeDefinition(
                name = "Attempts",
                description = "After how many failed attempts a notice becomes a dead letter; 0 for never.",
                min = "0")
        int attempts() default 30;

        @AttributeDefinition(
                name = "Waiting",
                description = "How many notices may wait for one notifier; beyond, the oldest are dropped.",
                min = "1")
        int waiting() default 100_000;

        @AttributeDefinition(
                name = "Dead letters",
                description = "How many dead letters are kept for one notifier; beyond, the oldest are dropped.",
                min = "0")
        int deadLetters() default 10_000;

        @AttributeDefinition(
                name = "Hand-over",
                description =
                        "How many notices that belong to no change, such as of refused sign-ins, may be on their way into the store; beyond, new ones are dropped.",
                min = "1")
        int handOver() default 10_000;

        @AttributeDefinition(
                name = "Away",
                description =
                        "For how many hours notices are kept for a notifier that is not there; then they are dropped, and it is one that is new when it comes.",
                min = "1")
        int awayHours() default 24;
    }

    private static final Logger log = LoggerFactory.getLogger(StoredOutbox.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How much later than a notice its listing may come. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Store store;
    private final Subscriptions subscriptions;
    private final Catalogue catalogue = new Catalogue();
    private final Optional<CatalogueTracker> tracker;
    private final ListingCheck listing;
    private final HandOver handOver;
    private final DeadLetters deadLetters;
    private final Tickets tickets;
    private final Crew crew = new Crew();
    private final Rounds rounds;
    private volatile Settings settings = Settings.DEFAULT;

    /** What is wrong with the configuration, empty while nothing is. */
    private volatile String misconfigured = "";

    @Activate
    public StoredOutbox(
            @Reference Store store, @Reference ExtensionPoints points, Config config, BundleContext context) {
        this(store, points, Clock.systemUTC(), Optional.of(context), GRACE);
        modified(config);
        tracker.ifPresent(CatalogueTracker::open);
        if (!store.isReadOnly()) {
            rounds.begin(TICK); // on a replica nothing happens that could be told; the primary tells the rest
        }
    }

    private StoredOutbox(
            Store store, ExtensionPoints points, Clock clock, Optional<BundleContext> context, Duration grace) {
        this.store = store;
        this.tickets = new Tickets(clock);
        this.tracker = context.map(bundles -> new CatalogueTracker(bundles, catalogue));
        this.listing = new ListingCheck(catalogue, crew, grace);
        this.handOver = new HandOver(this::store, crew, () -> settings.handOver());
        this.deadLetters = new DeadLetters(store, catalogue, tickets);
        this.subscriptions = new Subscriptions(store, points.of(Notifier.class), clock);
        this.rounds = new Rounds(subscriptions, points, crew, () -> settings);
    }

    /** For tests: with settings finer than can be configured. */
    StoredOutbox(Store store, ExtensionPoints points, Clock clock, Settings settings, Duration tick) {
        this(store, points, clock, Optional.empty(), Duration.ZERO);
        this.settings = settings;
        rounds.begin(tick);
    }

    /**
     * A restart would not do: everything that changes something refers to this component and would restart with it. For
     * the same reason settings that make no sense stop nothing: those before stay, and the health says so.
     */
    @Modified
    void modified(Config config) {
        try {
            settings = Settings.of(config);
            misconfigured = "";
        } catch (IllegalArgumentException senseless) {
            misconfigured = "latchkey.notify is not applied: " + senseless.getMessage() + ".";
            log.atError().addKeyValue("pid", "latchkey.notify").log(misconfigured);
        }
    }

    @Deactivate
    void close() {
        tracker.ifPresent(CatalogueTracker::close);
        handOver.flush();
        crew.close();
    }

    /** Refuses nothing, so that nobody is kept from signing in: while it cannot be read who is subscribed, somebody may be. */
    @Override
    public boolean isAwaited() {
        try {
            return !subscriptions.current().isEmpty();
        } catch (Refusal unavailable) {
            return true;
        }
    }

    /** @throws org.latchkey.api.Refusal (UNAVAILABLE) if who is subscribed cannot be read; nothing can be stored then */
    @Override
    public List<Write> enclose(List<Notice> notices) {
        Collection<Mailbox> mailboxes = subscriptions.current().values();
        if (mailboxes.isEmpty() || notices.isEmpty()) {
            return List.of();
        }
        List<Write> writes = new ArrayList<>(notices.size() * mailboxes.size());
        for (Notice notice : notices) {
            listing.look(notice);
            List<Mailbox> wanted = mailboxes.stream()
                    .filter(mailbox -> mailbox.interest().includes(notice.type()))
                    .toList();
            if (!wanted.isEmpty()) {
                String ticket = tickets.next();
                String body = Letter.body(notice);
                wanted.forEach(mailbox -> writes.add(mailbox.put(ticket, body)));
            }
        }
        return writes;
    }

    @Override
    public void tell(List<Notice> notices) {
        if (!store.isReadOnly() && isAwaited()) {
            handOver.take(notices);
        }
    }

    private void store(List<Notice> notices) throws Store.Conflict {
        List<Write> writes = enclose(notices);
        if (!writes.isEmpty()) {
            store.commit(writes);
            stored();
        }
    }

    Catalogue catalogue() {
        return catalogue;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** The mailbox of that notifier, also if it was away for so long that it has none. */
    Mailbox mailbox(String notifier) {
        Mailbox open = subscriptions.current().get(notifier);
        return open == null ? new Mailbox(store, notifier) : open;
    }

    @Override
    public void stored() {
        rounds.deliver();
    }

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public Optional<String> fault() {
        List<String> faults = new ArrayList<>(rounds.faults());
        handOver.fault().ifPresent(faults::add);
        if (!misconfigured.isEmpty()) {
            faults.add(0, misconfigured);
        }
        return faults.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", faults));
    }
}

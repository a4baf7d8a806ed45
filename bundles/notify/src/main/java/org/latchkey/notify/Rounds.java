package org.latchkey.notify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every mailbox has a courier and that it runs when it should: at once when something was stored or a
 * notifier came, and at every poll, which also counts what waits and writes down who is subscribed.
 */
final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final Subscriptions subscriptions;
    private final ExtensionPoints points;
    private final Extensions<Notifier> notifiers;
    private final Crew crew;
    private final Supplier<Settings> settings;

    /** By the mailbox itself: one that is opened anew under the same name has another. */
    private final Map<Mailbox, Courier> couriers = new ConcurrentHashMap<>();

    private final AtomicBoolean delivering = new AtomicBoolean();
    private final AtomicBoolean polling = new AtomicBoolean();

    /** The timer's own notes. */
    private List<Link<Notifier>> present = List.of();

    private long polledNanos;

    Rounds(Subscriptions subscriptions, ExtensionPoints points, Crew crew, Supplier<Settings> settings) {
        this.subscriptions = subscriptions;
        this.points = points;
        this.notifiers = points.of(Notifier.class);
        this.crew = crew;
        this.settings = settings;
    }

    /** @param tick how soon it is seen that a notifier came, or that too much waits */
    void begin(Duration tick) {
        polledNanos = System.nanoTime() - settings.get().poll().toNanos();
        crew.every(tick, this::tick);
    }

    /** Something was stored. Costs its caller next to nothing: many calls in a moment are one. */
    void deliver() {
        if (!mailboxes().isEmpty() && delivering.compareAndSet(false, true)) {
            crew.after(Duration.ZERO, () -> {
                delivering.set(false);
                mailboxes().values().forEach(mailbox -> courier(mailbox).wake());
            });
        }
    }

    private Map<String, Mailbox> mailboxes() {
        return subscriptions.known();
    }

    private Courier courier(Mailbox mailbox) {
        return couriers.computeIfAbsent(mailbox, each -> new Courier(each, points, crew, settings));
    }

    /** Looks at nothing but memory. */
    private void tick() {
        subscriptions.renewInterests();
        List<Link<Notifier>> now = notifiers.links();
        boolean changed = !now.equals(present);
        boolean due = System.nanoTime() - polledNanos >= settings.get().poll().toNanos();
        boolean overfull = mailboxes().values().stream().anyMatch(mailbox -> mailbox.isOverfull(settings.get()));
        if ((changed || due || overfull) && polling.compareAndSet(false, true)) {
            present = now;
            polledNanos = System.nanoTime();
            crew.execute(() -> poll(changed));
        }
    }

    private void poll(boolean changed) {
        try {
            subscriptions.current();
            subscriptions.refresh(settings.get().away());
            couriers.keySet().retainAll(mailboxes().values());
            for (Mailbox mailbox : mailboxes().values()) {
                mailbox.tidy(settings.get());
                Courier courier = courier(mailbox);
                if (changed) {
                    courier.notifierChanged();
                } else {
                    courier.wake();
                }
            }
        } catch (Refusal unavailable) {
            log.atWarn().addKeyValue("reason", unavailable.code()).log("the store refuses; looked at again later");
        } finally {
            polling.set(false);
        }
    }

    /** What is wrong, one sentence each. */
    List<String> faults() {
        return mailboxes().values().stream()
                .flatMap(mailbox -> mailbox.faults().stream())
                .toList();
    }
}

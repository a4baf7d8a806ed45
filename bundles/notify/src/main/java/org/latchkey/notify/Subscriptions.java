package org.latchkey.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has a mailbox: every notifier that is there, and every one that was and has not been away too long, on this node
 * or another. Remembered in the store from its first appearance, with the time it was last seen (to about a
 * twenty-fourth of how long it may be away), so that one that is replaced, rejected or down for a while loses nothing.
 * While the server itself is down nobody is away.
 */
final class Subscriptions {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
    private static final int PAGE = 1000;
    private static final int SEEN_PER_AWAY = 24;

    private final Store store;
    private final Extensions<Notifier> notifiers;
    private final Clock clock;
    private final Instant started;

    /** By name; replaced and never changed. */
    private volatile Map<String, Mailbox> mailboxes = Map.of();

    private volatile boolean loaded;
    private volatile List<Link<Notifier>> admitted = List.of();

    /** Those of our mailboxes that are in the store; if one is not there any more, another node has ended it. */
    private final Set<String> saved = new HashSet<>();

    Subscriptions(Store store, Extensions<Notifier> notifiers, Clock clock) {
        this.store = store;
        this.notifiers = notifiers;
        this.clock = clock;
        this.started = clock.instant();
    }

    /**
     * The mailboxes as of now, by name. Costs next to nothing unless a notifier came or went.
     *
     * @throws org.latchkey.api.Refusal if they were not read yet and the store cannot be reached
     */
    Map<String, Mailbox> current() {
        List<Link<Notifier>> present = notifiers.links();
        if (!loaded || !present.equals(admitted)) {
            admit(present);
        }
        return mailboxes;
    }

    private synchronized void admit(List<Link<Notifier>> present) {
        if (!loaded) {
            stored().values().forEach(each -> opened(each.notifier()).interest(each.interest()));
            loaded = true;
        }
        for (Link<Notifier> link : present) {
            String name = link.info().name();
            if (Mailbox.canHave(name)) {
                open(name).interest(Interest.of(link.info().properties()));
            } else {
                link.remark("its name is too long to keep notices under");
            }
        }
        admitted = present;
    }

    /** Takes what each says that it wants now: a service's properties may change in place. Looks at nothing but memory. */
    void renewInterests() {
        for (Link<Notifier> link : notifiers.links()) {
            Mailbox mailbox = mailboxes.get(link.info().name());
            if (mailbox != null) {
                mailbox.interest(Interest.of(link.info().properties()));
            }
        }
    }

    /** The mailboxes as of the last {@link #current}. */
    Map<String, Mailbox> known() {
        return mailboxes;
    }

    /** Writes down who came, and ends those that have been away too long. */
    void refresh(Duration away) {
        Map<String, Subscription> stored = stored();
        Set<String> present = present();
        Set<String> all = new HashSet<>(stored.keySet());
        all.addAll(present);
        all.addAll(unsaved());
        Line.owners(store, Mailbox.NOTICE).forEach(owner -> all.add(Mailbox.notifier(owner)));
        for (String name : all) {
            Subscription subscription =
                    stored.getOrDefault(name, new Subscription(name, Instant.EPOCH, Interest.ALL, 0));
            if (isOver(subscription, present, away)) {
                end(subscription);
            } else {
                keep(subscription, present, away);
            }
        }
        endedElsewhere(all).forEach(this::close);
    }

    private Map<String, Subscription> stored() {
        Map<String, Subscription> stored = new HashMap<>();
        List<Item> page = store.list(Subscription.KIND, "", "", PAGE);
        while (!page.isEmpty()) {
            page.forEach(item -> stored.put(Mailbox.notifier(item.key()), Subscription.read(item)));
            page = store.list(Subscription.KIND, "", page.get(page.size() - 1).key(), PAGE);
        }
        return stored;
    }

    private Set<String> present() {
        return notifiers.links().stream()
                .map(link -> link.info().name())
                .filter(Mailbox::canHave)
                .collect(Collectors.toSet());
    }

    private synchronized Set<String> unsaved() {
        Set<String> unsaved = new HashSet<>(mailboxes.keySet());
        unsaved.removeAll(saved);
        return unsaved;
    }

    private boolean isOver(Subscription subscription, Set<String> present, Duration away) {
        return subscription.version() > 0
                && !present.contains(subscription.notifier())
                && subscription.isOlderThan(away, clock.instant())
                && started.plus(away).isBefore(clock.instant());
    }

    private void keep(Subscription subscription, Set<String> present, Duration away) {
        Mailbox mailbox = opened(subscription.notifier());
        boolean isHere = present.contains(subscription.notifier());
        if (!isHere && subscription.version() > 0) {
            mailbox.interest(subscription.interest());
        }
        boolean isDue = isHere
                && (subscription.isOlderThan(away.dividedBy(SEEN_PER_AWAY), clock.instant())
                        || !mailbox.interest().equals(subscription.interest()));
        if (subscription.version() == 0 || isDue) {
            commit(subscription.put(clock.instant(), mailbox.interest()));
        }
    }

    /** Should it die in between, what is left without a subscription gets one at the next look. */
    private void end(Subscription subscription) {
        if (commit(subscription.delete())) {
            new Mailbox(store, subscription.notifier()).clear();
            close(subscription.notifier());
        }
    }

    private boolean commit(Write write) {
        try {
            store.commit(List.of(write));
            return true;
        } catch (Store.Conflict anotherNode) {
            log.debug("another node was faster; looked at again next time");
            return false;
        }
    }

    private synchronized Mailbox opened(String name) {
        saved.add(name);
        return open(name);
    }

    private synchronized Set<String> endedElsewhere(Set<String> alive) {
        Set<String> ended = new HashSet<>(saved);
        ended.removeAll(alive);
        return ended;
    }

    private synchronized Mailbox open(String name) {
        if (!mailboxes.containsKey(name)) {
            Map<String, Mailbox> more = new TreeMap<>(mailboxes);
            more.put(name, new Mailbox(store, name));
            mailboxes = Map.copyOf(more);
        }
        return mailboxes.get(name);
    }

    private synchronized void close(String name) {
        Map<String, Mailbox> fewer = new TreeMap<>(mailboxes);
        fewer.remove(name);
        mailboxes = Map.copyOf(fewer);
        saved.remove(name);
        admitted = List.of(); // should it have come just now, it is admitted anew
    }
}

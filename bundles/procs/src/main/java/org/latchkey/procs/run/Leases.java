package org.latchkey.procs.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * Who watches runs, and whether they still do. Each watcher, which is one life of this bundle on one node, stores a sign of life again
 * and again. One whose sign stays the same for as long as a lease lasts, by the clock of whoever looks, is gone; so the clocks of
 * nodes need not agree. That a watcher that was only slow stores nothing more after it was replaced, is seen to by the
 * versions of the runs.
 */
final class Leases {

    private static final String KIND = "procwatcher";
    private static final int LIVES = 3;

    /** A sign of life and when it was first seen. */
    private record Sign(long version, long sinceNanos) {}

    private final Store store;
    private final String own = UUID.randomUUID().toString();
    private final Duration life;
    private final LongSupplier nanos;
    private final Map<String, Sign> signs = new HashMap<>();
    private volatile boolean held;

    Leases(Store store, Duration life, LongSupplier nanos) {
        this.store = store;
        this.life = life;
        this.nanos = nanos;
    }

    /** The name of this watcher. */
    String own() {
        return own;
    }

    /** Gives a sign of life. */
    synchronized void renew() {
        for (int tries = 1; tries <= LIVES; tries++) {
            long version = store.get(KIND, own).map(Item::version).orElse(0L);
            try {
                store.commit(List.of(new Write.Put(new Item(KIND, own, version, "{}", List.of()))));
                held = true;
                return;
            } catch (Store.Conflict removedMeanwhile) {
                held = false;
            }
        }
    }

    /** @throws Refusal (UNAVAILABLE) if no sign of life could be given yet, so that runs would be taken away at once */
    void requireHeld() {
        if (!held) {
            renew();
        }
        if (!held) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "not-ready", "Runs cannot be begun at the moment.");
        }
    }

    /** Whether another watcher is gone, as far as was seen until now. */
    synchronized boolean isGone(String watcher) {
        Optional<Item> item = store.get(KIND, watcher);
        if (item.isEmpty()) {
            return true;
        }
        long now = nanos.getAsLong();
        Sign sign = signs.get(watcher);
        if (sign == null || sign.version() != item.get().version()) {
            signs.put(watcher, new Sign(item.get().version(), now));
            return false;
        }
        return now - sign.sinceNanos() > life.toNanos();
    }

    /** Removes what is left of watchers that are gone and that watch nothing any more. */
    synchronized void sweep() throws Store.Conflict {
        for (Item item : store.list(KIND, "", "", 100)) {
            if (!item.key().equals(own) && isGone(item.key())) {
                store.commit(List.of(new Write.Delete(KIND, item.key(), item.version())));
                signs.remove(item.key());
            }
        }
    }

    /** Says that this watcher watches nothing any more, so that another need not wait. */
    synchronized void release() throws Store.Conflict {
        held = false;
        Optional<Item> item = store.get(KIND, own);
        if (item.isPresent()) {
            store.commit(List.of(new Write.Delete(KIND, own, item.get().version())));
        }
    }
}

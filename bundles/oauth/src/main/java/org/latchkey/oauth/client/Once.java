package org.latchkey.oauth.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.Json;

/**
 * Remembers in the store what may be used once, such as the {@code jti} of an assertion, until it would be refused for its
 * age anyway: over restarts and for all nodes. What has expired is swept by those who come later, at most once a minute.
 */
public final class Once {

    static final String KIND = "oauth.once";

    private static final String EXPIRES = "expires";
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_SWEPT = 500;

    private final Store store;
    private final Clock clock;
    private final AtomicReference<Instant> nextSweep;

    public Once(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.nextSweep = new AtomicReference<>(clock.instant().plus(PAUSE));
    }

    /**
     * Uses it up.
     *
     * @param purpose what it is for, and whose it is: the same value may be used once for each
     * @param until when it would no longer be taken anyway
     * @return whether this is the first time
     * @throws org.latchkey.api.Refusal (UNAVAILABLE) if the store cannot tell: then it must not be taken
     */
    public boolean isFirst(String purpose, String value, Instant until) {
        sweepIfDue();
        String key = Secrets.hash(purpose + "\n" + value);
        Item.Index expires = new Item.Index(EXPIRES, moment(until), false);
        String body = Json.text(Map.of("until", until.toEpochMilli()));
        try {
            store.commit(List.of(new Write.Put(new Item(KIND, key, 0, body, List.of(expires)))));
            return true;
        } catch (Store.Conflict used) {
            return false;
        }
    }

    private void sweepIfDue() {
        Instant due = nextSweep.get();
        Instant now = clock.instant();
        if (!now.isBefore(due) && nextSweep.compareAndSet(due, now.plus(PAUSE))) {
            sweep();
        }
    }

    /** Takes away what has expired, {@value #MOST_SWEPT} at most; gives how many. */
    int sweep() {
        String now = moment(clock.instant());
        int gone = 0;
        for (Store.Hit hit : store.scan(KIND, EXPIRES, "", "", "", MOST_SWEPT)) {
            if (hit.value().compareTo(now) >= 0) {
                break;
            }
            gone += isGone(hit.item()) ? 1 : 0;
        }
        return gone;
    }

    private boolean isGone(Item item) {
        try {
            store.commit(List.of(new Write.Delete(KIND, item.key(), item.version())));
            return true;
        } catch (Store.Conflict swept) {
            return false; // by another node
        }
    }

    private static String moment(Instant moment) {
        return String.format("%019d", moment.toEpochMilli());
    }
}

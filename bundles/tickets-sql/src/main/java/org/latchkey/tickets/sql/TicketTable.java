package org.latchkey.tickets.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** Reads and writes tickets of the store one at a time, each write on condition that nobody was faster. */
final class TicketTable {

    private static final int PAGE = 200;

    private final Store store;

    TicketTable(Store store) {
        this.store = store;
    }

    boolean isReadOnly() {
        return store.isReadOnly();
    }

    Optional<StoredTicket> get(String key) {
        return store.get(StoredTicket.KIND, key).map(StoredTicket::of);
    }

    /** Whether it was done; if not, somebody was faster. */
    boolean commit(Write write) {
        try {
            store.commit(List.of(write));
            return true;
        } catch (Store.Conflict faster) {
            return false;
        }
    }

    /** Takes a ticket away, whatever it has become meanwhile. */
    void delete(String key) {
        Optional<StoredTicket> there = get(key);
        while (there.isPresent() && !commit(there.get().delete())) {
            there = get(key);
        }
    }

    boolean hasChildren(String key) {
        return !store.find(StoredTicket.KIND, StoredTicket.PARENT, key, "", 1).isEmpty();
    }

    /** Those that were granted by one, at most a page after that key, in the order of keys. */
    List<StoredTicket> children(String key, String after) {
        return store.find(StoredTicket.KIND, StoredTicket.PARENT, key, after, PAGE).stream()
                .map(StoredTicket::of)
                .toList();
    }

    /** The keys of all. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        List<Item> page = store.list(StoredTicket.KIND, "", "", PAGE);
        while (!page.isEmpty()) {
            page.forEach(item -> keys.add(item.key()));
            page = store.list(StoredTicket.KIND, "", keys.get(keys.size() - 1), PAGE);
        }
        return keys;
    }

    /** Shows all that expire after a moment. */
    void forEachAfter(Instant moment, Consumer<StoredTicket> reader) {
        forEachFrom(StoredTicket.moment(moment.plusMillis(1)), "", reader);
    }

    /** Shows all that have expired at a moment, the oldest first. */
    void forEachExpired(Instant moment, Consumer<StoredTicket> reader) {
        forEachFrom("", StoredTicket.moment(moment.plusMillis(1)), reader);
    }

    /** Shows what expires from one moment up to another, if that is not empty. */
    private void forEachFrom(String from, String to, Consumer<StoredTicket> reader) {
        String value = from;
        String key = "";
        while (true) {
            List<Store.Hit> page = store.scan(StoredTicket.KIND, StoredTicket.EXPIRES, "", value, key, PAGE);
            for (Store.Hit hit : page) {
                if (!to.isEmpty() && hit.value().compareTo(to) >= 0) {
                    return;
                }
                reader.accept(StoredTicket.of(hit.item()));
                value = hit.value();
                key = hit.item().key();
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }
}

package org.latchkey.notify;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** What lies in the store for one notifier, of one kind, oldest first. The key is the notifier's and a ticket. */
final class Line {

    static final char SEPARATOR = '/';
    private static final char AFTER_SEPARATOR = SEPARATOR + 1;
    private static final int PAGE = 1000;
    private static final int BATCH = 200;

    private final Store store;
    private final String kind;
    private final String prefix;

    Line(Store store, String kind, String owner) {
        this.store = store;
        this.kind = kind;
        this.prefix = owner + SEPARATOR;
    }

    /** Everybody for whom something of that kind lies in the store. */
    static List<String> owners(Store store, String kind) {
        List<String> owners = new ArrayList<>();
        List<Item> next = store.list(kind, "", "", 1);
        while (!next.isEmpty()) {
            String key = next.get(0).key();
            String owner = key.substring(0, key.indexOf('/'));
            owners.add(owner);
            next = store.list(kind, "", owner + AFTER_SEPARATOR, 1);
        }
        return owners;
    }

    Write.Put put(String ticket, String body) {
        return new Write.Put(new Item(kind, prefix + ticket, 0, body, List.of()));
    }

    List<Item> oldest(int limit) {
        return store.list(kind, prefix, "", limit);
    }

    int count() {
        int count = 0;
        List<Item> page = oldest(PAGE);
        while (!page.isEmpty()) {
            count += page.size();
            page = store.list(kind, prefix, page.get(page.size() - 1).key(), PAGE);
        }
        return count;
    }

    /** Drops the oldest, and says how many it found. Another node, or the courier, may take some of them meanwhile. */
    int drop(int number) {
        int dropped = 0;
        List<Item> batch = oldest(Math.min(BATCH, number));
        while (!batch.isEmpty()) {
            dropped += drop(batch);
            batch = oldest(Math.min(BATCH, number - dropped));
        }
        return dropped;
    }

    private int drop(List<Item> batch) {
        List<Write> writes = new ArrayList<>();
        batch.forEach(item -> writes.add(delete(item)));
        try {
            store.commit(writes);
            return batch.size();
        } catch (Store.Conflict takenMeanwhile) {
            return 0;
        }
    }

    /** Its part of the key. */
    static String ticket(Item item) {
        return item.key().substring(item.key().lastIndexOf(SEPARATOR) + 1);
    }

    static Write.Delete delete(Item item) {
        return new Write.Delete(item.kind(), item.key(), item.version());
    }
}

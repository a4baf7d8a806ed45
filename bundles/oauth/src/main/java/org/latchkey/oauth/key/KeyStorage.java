package org.latchkey.oauth.key;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the keys of one server lie. Several nodes may use it at the same time. */
final class KeyStorage {

    private static final Logger log = LoggerFactory.getLogger(KeyStorage.class);
    private static final int PAGE = 100;

    private final Store store;
    private final String instance;
    private final Clock clock;

    KeyStorage(Store store, String instance, Clock clock) {
        this.store = store;
        this.instance = instance;
        this.clock = clock;
    }

    boolean isReadOnly() {
        return store.isReadOnly();
    }

    /** All keys that can be read. One that cannot keeps its place: nobody signs in its stead unnoticed. */
    KeySet read() {
        Instant begun = clock.instant();
        List<StoredKey> keys = new ArrayList<>();
        String after = "";
        List<Item> page;
        do {
            page = store.list(StoredKey.KIND, instance + "/", after, PAGE);
            for (Item item : page) {
                after = item.key();
                if (!after.equals(Seal.key(instance))) {
                    read(item, keys);
                }
            }
        } while (page.size() == PAGE);
        return new KeySet(keys, begun);
    }

    private void read(Item item, List<StoredKey> keys) {
        try {
            keys.add(StoredKey.read(item));
        } catch (ParseException damaged) {
            log.error("{}: it is not used, and no other takes its place until it is removed", damaged.getMessage());
        }
    }

    /** Puts all of these. Whether it did: not, when another node was faster. */
    boolean put(List<StoredKey> keys) {
        return commit(keys.stream().map(key -> key.put(instance)).toList());
    }

    boolean delete(StoredKey key) {
        return commit(List.of(key.delete(instance)));
    }

    private boolean commit(List<Write> writes) {
        try {
            store.commit(writes);
            return true;
        } catch (Store.Conflict anotherNode) {
            log.debug("Another node changes the keys of {} at this moment", instance);
            return false;
        }
    }
}

package org.latchkey.store.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * Keeps in memory what was read by key, also that there was nothing, in front of a database that nobody else writes to: the embedded one.
 * A commit forgets what it wrote before it returns, also when it failed, and waits for reads of it that are
 * under way; so whoever has been told of a commit reads nothing older. Nor does whoever has seen a part of it in the
 * database before it returned: while a commit is under way, what it writes is read past the cache.
 */
final class ReadCache implements Store {

    /** In characters; about 48 MiB, or twice that with other alphabets than Latin. */
    private static final long CAPACITY = 48 << 20;

    private static final int OVERHEAD = 200;

    private record Key(String kind, String key) {

        static Key of(Write write) {
            return write instanceof Write.Put put
                    ? new Key(put.item().kind(), put.item().key())
                    : new Key(((Write.Delete) write).kind(), ((Write.Delete) write).key());
        }
    }

    private final Store store;
    private final Cache<Key, Optional<Item>> items = Caffeine.newBuilder()
            .maximumWeight(CAPACITY)
            .weigher(ReadCache::weight)
            .executor(Runnable::run)
            .build();

    /** By how many commits under way each is written. */
    private final Map<Key, Integer> changing = new ConcurrentHashMap<>();

    ReadCache(Store store) {
        this.store = store;
    }

    private static int weight(Key key, Optional<Item> item) {
        return item.map(each -> each.body().length()).orElse(0) + key.key().length() + OVERHEAD;
    }

    @Override
    public Optional<Item> get(String kind, String key) {
        Key name = new Key(kind, key);
        if (changing.containsKey(name)) {
            return store.get(kind, key);
        }
        Optional<Item> known = items.getIfPresent(name);
        return known != null ? known : items.get(name, unknown -> store.get(kind, key));
    }

    @Override
    public List<Item> list(String kind, String prefix, String after, int limit) {
        return store.list(kind, prefix, after, limit);
    }

    @Override
    public List<Item> find(String kind, String field, String value, String after, int limit) {
        return store.find(kind, field, value, after, limit);
    }

    @Override
    public List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit) {
        return store.scan(kind, field, prefix, afterValue, afterKey, limit);
    }

    @Override
    public Optional<String> highest(String kind, String field) {
        return store.highest(kind, field);
    }

    @Override
    public void commit(List<Write> writes) throws Conflict {
        Set<Key> names = writes.stream().map(Key::of).collect(Collectors.toSet());
        names.forEach(name -> changing.merge(name, 1, Integer::sum));
        try {
            store.commit(writes);
        } finally {
            items.invalidateAll(names);
            names.forEach(name -> changing.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1));
        }
    }
}

package org.latchkey.store.sql;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** The store of a replica. Caches nothing: somebody else writes to the database. */
final class ReadOnlyStore implements Store {

    private final Store store;

    ReadOnlyStore(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Item> get(String kind, String key) {
        return store.get(kind, key);
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
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public void commit(List<Write> writes) {
        throw Refusal.of(
                Refusal.Kind.UNAVAILABLE,
                READ_ONLY,
                "This server is a read-only replica; changes are for the primary one.");
    }
}

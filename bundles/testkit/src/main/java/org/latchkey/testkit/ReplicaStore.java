package org.latchkey.testkit;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** The same data as another store, as a read-only replica sees it. */
public final class ReplicaStore implements Store {

    private final Store primary;

    public ReplicaStore(Store primary) {
        this.primary = primary;
    }

    @Override
    public Optional<Item> get(String kind, String key) {
        return primary.get(kind, key);
    }

    @Override
    public List<Item> list(String kind, String prefix, String after, int limit) {
        return primary.list(kind, prefix, after, limit);
    }

    @Override
    public List<Item> find(String kind, String field, String value, String after, int limit) {
        return primary.find(kind, field, value, after, limit);
    }

    @Override
    public List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit) {
        return primary.scan(kind, field, prefix, afterValue, afterKey, limit);
    }

    @Override
    public Optional<String> highest(String kind, String field) {
        return primary.highest(kind, field);
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public void commit(List<Write> writes) {
        throw Refusal.of(Refusal.Kind.UNAVAILABLE, READ_ONLY, "This is a replica.");
    }
}

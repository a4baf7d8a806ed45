package org.latchkey.directory.search;

import java.util.List;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Store.Hit;

/** All there are, by key. */
record EverySource<T>() implements Source<T> {

    @Override
    public List<Hit> read(Store store, String kind, Position after, int limit) {
        return store.list(kind, "", after.key(), limit).stream()
                .map(item -> new Hit("", item))
                .toList();
    }

    @Override
    public boolean holds(T thing) {
        return true;
    }

    @Override
    public long guess() {
        return 2 * MANY;
    }
}

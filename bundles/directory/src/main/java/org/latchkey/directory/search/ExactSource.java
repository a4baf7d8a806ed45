package org.latchkey.directory.search;

import java.util.List;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Store.Hit;

/** Those that have a value, or one that begins with it if it is as long as an index entry can be; by key. */
record ExactSource<T>(Field.Text<T> field, String value) implements Source<T> {

    @Override
    public List<Hit> read(Store store, String kind, Position after, int limit) {
        return store.find(kind, field.name(), value, after.key(), limit).stream()
                .map(item -> new Hit("", item))
                .toList();
    }

    @Override
    public boolean holds(T thing) {
        return field.values().apply(thing).stream()
                .anyMatch(each -> Fold.cut(Fold.of(each)).equals(value));
    }

    @Override
    public long guess() {
        return 10;
    }
}

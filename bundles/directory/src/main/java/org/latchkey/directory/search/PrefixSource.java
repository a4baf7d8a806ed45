package org.latchkey.directory.search;

import java.util.List;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Store.Hit;

/** Those whose value begins so, by that value and then by key. */
record PrefixSource<T>(Field.Text<T> field, String prefix) implements Source<T> {

    private static final int MOST_HALVINGS = 16;

    @Override
    public List<Hit> read(Store store, String kind, Position after, int limit) {
        return store.scan(kind, field.name(), prefix, after.value(), after.key(), limit);
    }

    @Override
    public boolean holds(T thing) {
        return field.values().apply(thing).stream()
                .anyMatch(each -> Fold.cut(Fold.of(each)).startsWith(prefix));
    }

    /** Each letter leaves a quarter. */
    @Override
    public long guess() {
        return MANY >> Math.min(2 * prefix.length(), MOST_HALVINGS);
    }
}

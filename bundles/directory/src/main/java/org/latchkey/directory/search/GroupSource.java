package org.latchkey.directory.search;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Store.Hit;

/**
 * Those that name a group whose name looks like that, by key. Finds the groups first, because their names are indexed
 * as they are, and several can differ by case only. If they are too many, this is every thing there is, in the same
 * order; so it does not matter if they become too many between two pages.
 */
record GroupSource<T>(Field.Text<T> field, Glob glob) implements Source<T> {

    private static final int MOST_GROUPS = 16;
    private static final long GUESS = 1000;

    @Override
    public List<Hit> read(Store store, String kind, Position after, int limit) {
        List<String> groups = groups(store);
        if (groups.size() > MOST_GROUPS) {
            return new EverySource<T>().read(store, kind, after, limit);
        }
        Stream<Item> items = groups.stream()
                .filter(group -> glob.matches(Fold.of(group)))
                .flatMap(group -> store.find(kind, field.name(), group, after.key(), limit).stream());
        return items
                .collect(Collectors.toMap(Item::key, Function.identity(), (one, same) -> one, TreeMap::new))
                .values()
                .stream()
                .limit(limit)
                .map(item -> new Hit("", item))
                .toList();
    }

    /** Groups with a name that begins so, or one more than are wanted. */
    private List<String> groups(Store store) {
        String head = Fold.cut(glob.head());
        Stream<Item> found = glob.isExact()
                ? store.find(GroupFields.KIND, GroupFields.NAME, head, "", MOST_GROUPS + 1).stream()
                : store.scan(GroupFields.KIND, GroupFields.NAME, head, "", "", MOST_GROUPS + 1).stream()
                        .map(Hit::item);
        return found.map(Item::key).toList();
    }

    @Override
    public boolean holds(T thing) {
        return field.values().apply(thing).stream().anyMatch(group -> glob.matches(Fold.of(group)));
    }

    @Override
    public long guess() {
        return glob.isExact() ? GUESS : GUESS * MOST_GROUPS;
    }
}

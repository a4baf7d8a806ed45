package org.latchkey.directory.search;

import java.util.List;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Store.Hit;

/** Those with a number from the first to the last, by number. */
record NumberSource<T>(Field.Number<T> field, long first, long last) implements Source<T> {

    @Override
    public List<Hit> read(Store store, String kind, Position after, int limit) {
        if (first > last) {
            return List.of();
        }
        String from = text(first);
        String to = text(last);
        boolean begins = after.value().compareTo(from) < 0;
        return store
                .scan(
                        kind,
                        field.name(),
                        commonBeginning(from, to),
                        begins ? from : after.value(),
                        begins ? "" : after.key(),
                        limit)
                .stream()
                .takeWhile(hit -> hit.value().compareTo(to) <= 0)
                .toList();
    }

    /** The form in which numbers are indexed. */
    private String text(long number) {
        return Item.Index.uniqueNumber(field.name(), number).value();
    }

    private static String commonBeginning(String one, String other) {
        int length = 0;
        while (length < one.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    @Override
    public boolean holds(T thing) {
        long number = field.value().applyAsLong(thing);
        return first <= number && number <= last;
    }

    @Override
    public long guess() {
        return first > last ? 0 : Math.min(last - first, MANY) + 1;
    }
}

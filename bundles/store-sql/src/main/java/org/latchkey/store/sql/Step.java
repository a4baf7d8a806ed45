package org.latchkey.store.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

/**
 * One write as one row sees it.
 *
 * @param version the one that must be stored for it, 0 if the row must not exist
 * @param body empty for a removal
 * @param entries what the item is to be found by, none for a removal
 */
record Step(Action action, Row row, long version, String body, Set<Entry> entries) {

    enum Action {
        CREATE,
        CHANGE,
        REMOVE
    }

    /** Which row it is about. */
    record Row(String kind, String key) implements Comparable<Row> {

        @Override
        public int compareTo(Row other) {
            int byKind = kind.compareTo(other.kind);
            return byKind == 0 ? key.compareTo(other.key) : byKind;
        }
    }

    static Step of(Write write) {
        if (write instanceof Write.Put put) {
            Item item = put.item();
            Limits.check(item);
            Action action = item.version() == 0 ? Action.CREATE : Action.CHANGE;
            Row row = new Row(item.kind(), item.key());
            return new Step(action, row, item.version(), item.body(), entries(row, item.indexes()));
        }
        Write.Delete delete = (Write.Delete) write;
        Row row = new Row(delete.kind(), delete.key());
        return new Step(Action.REMOVE, row, delete.version(), "", Set.of());
    }

    /** A value that is given twice is there once, and unique if it is so either time. */
    private static Set<Entry> entries(Row row, List<Item.Index> indexes) {
        Map<List<String>, Entry> entries = new HashMap<>();
        for (Item.Index index : indexes) {
            entries.merge(
                    List.of(index.field(), index.value()),
                    new Entry(row, index.field(), index.value(), index.unique()),
                    (one, other) -> one.unique() ? one : other);
        }
        return Set.copyOf(entries.values());
    }
}

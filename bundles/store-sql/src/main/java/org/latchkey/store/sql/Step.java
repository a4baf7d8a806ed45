package org.latchkey.store.sql;

import java.util.List;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

/**
 * One write as one row sees it.
 *
 * @param version the one that must be stored for it, 0 if the row must not exist
 * @param body empty for a removal
 * @param indexes none for a removal
 */
record Step(Action action, Row row, long version, String body, List<Item.Index> indexes) {

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
            return new Step(action, new Row(item.kind(), item.key()), item.version(), item.body(), item.indexes());
        }
        Write.Delete delete = (Write.Delete) write;
        Row row = new Row(delete.kind(), delete.key());
        return new Step(Action.REMOVE, row, delete.version(), "", List.of());
    }
}

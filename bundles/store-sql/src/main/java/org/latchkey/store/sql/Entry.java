package org.latchkey.store.sql;

import java.util.Comparator;
import org.latchkey.store.sql.Step.Row;

/** One row of the index: what an item is found by, and whether nobody else may have the same. */
record Entry(Row row, String field, String value, boolean unique) {

    /** Everybody inserts in this order, so that two commits cannot wait for one another. */
    static final Comparator<Entry> LOCK_ORDER = Entry::compare;

    /** Spelled out, for an import spends a tenth of its time here. */
    private static int compare(Entry one, Entry other) {
        int order = one.row.kind().compareTo(other.row.kind());
        if (order == 0) {
            order = one.field.compareTo(other.field);
        }
        if (order == 0) {
            order = one.value.compareTo(other.value);
        }
        return order == 0 ? one.row.key().compareTo(other.row.key()) : order;
    }
}

package org.latchkey.store.sql;

import java.util.Comparator;
import org.latchkey.store.sql.Step.Row;

/** One row of the index: what an item is found by, and whether nobody else may have the same. */
record Entry(Row row, String field, String value, boolean unique) {

    /** Everybody inserts in this order, so that two commits cannot wait for one another. */
    static final Comparator<Entry> LOCK_ORDER = Comparator.comparing(
                    (Entry entry) -> entry.row().kind())
            .thenComparing(Entry::field)
            .thenComparing(Entry::value)
            .thenComparing(entry -> entry.row().key());
}

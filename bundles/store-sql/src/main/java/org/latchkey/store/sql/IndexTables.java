package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.store.sql.Step.Row;

/** The changes of the tables {@code item_entry} and {@code item_unique}: what items are found by. */
final class IndexTables {

    private static final List<String> COLUMNS = List.of("kind", "field", "entry", "item_key");

    private static final String OF_ENTRY = " WHERE kind = ? AND field = ? AND entry = ? AND item_key = ?";

    private IndexTables() {}

    private static String table(boolean unique) {
        return unique ? "item_unique" : "item_entry";
    }

    /**
     * Gives every item the entries it is to have. First removes and then adds, so that a value can go from one
     * item to another; and writes only the difference, which is mostly none. The caller holds the items' locks.
     *
     * @param stored the entries of those items that were there before
     */
    static void replace(Connection connection, List<Plan.Target> targets, Map<Row, byte[]> stored) throws SQLException {
        List<Entry> removed = new ArrayList<>();
        List<Entry> added = new ArrayList<>();
        for (Plan.Target target : targets) {
            byte[] packed = stored.get(target.row());
            Set<Entry> before = packed == null ? Set.of() : Packed.unpacked(target.row(), packed);
            before.stream().filter(entry -> !target.wanted().contains(entry)).forEach(removed::add);
            target.wanted().stream().filter(entry -> !before.contains(entry)).forEach(added::add);
        }
        for (boolean unique : List.of(true, false)) {
            remove(connection, unique, inOrder(removed, unique));
        }
        add(connection, added);
    }

    /** Inserts entries that are not there. */
    static void add(Connection connection, List<Entry> entries) throws SQLException {
        for (boolean unique : List.of(true, false)) {
            new Inserts(table(unique), COLUMNS).all(connection, inOrder(entries, unique), IndexTables::bind);
        }
    }

    private static List<Entry> inOrder(List<Entry> entries, boolean unique) {
        return entries.stream()
                .filter(entry -> entry.unique() == unique)
                .sorted(Entry.LOCK_ORDER)
                .toList();
    }

    private static void remove(Connection connection, boolean unique, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement batch = connection.prepareStatement("DELETE FROM " + table(unique) + OF_ENTRY)) {
            for (Entry entry : entries) {
                bind(batch, 1, entry);
                batch.addBatch();
            }
            batch.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, int place, Entry entry) throws SQLException {
        statement.setString(place, entry.row().kind());
        statement.setString(place + 1, entry.field());
        statement.setBytes(place + 2, Utf8.of(entry.value()));
        statement.setBytes(place + 3, Utf8.of(entry.row().key()));
    }
}

package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.store.sql.Step.Row;

/** The statements on table {@code item_index}. */
final class IndexTable {

    /** Ordered by all columns of the key, which lets H2 read in order instead of sorting. */
    private static final String FIND = "SELECT i.item_key, i.version, i.body"
            + " FROM item_index x JOIN item i ON i.kind = x.kind AND i.item_key = x.item_key"
            + " WHERE x.kind = ? AND x.field = ? AND x.entry = ? AND x.item_key > ?"
            + " ORDER BY x.kind, x.field, x.entry, x.item_key LIMIT ?";

    /** The first condition is for the database, which reads from there on; the second leaves out what was read. */
    private static final String SCAN = "SELECT x.entry, i.item_key, i.version, i.body"
            + " FROM item_index x JOIN item i ON i.kind = x.kind AND i.item_key = x.item_key"
            + " WHERE x.kind = ? AND x.field = ? AND x.entry >= ? AND x.entry < ?"
            + " AND (x.entry > ? OR x.item_key > ?)"
            + " ORDER BY x.kind, x.field, x.entry, x.item_key LIMIT ?";

    private static final String HIGHEST = "SELECT entry FROM item_index WHERE kind = ? AND field = ?"
            + " ORDER BY kind DESC, field DESC, entry DESC LIMIT 1";

    private static final String HOLDER = "SELECT item_key FROM item_index WHERE kind = ? AND field = ? AND taken = ?";

    private static final String OF_ITEM = "SELECT field, entry, taken FROM item_index WHERE kind = ? AND item_key = ?";

    private static final String INSERT =
            "INSERT INTO item_index (kind, field, entry, item_key, taken) VALUES (?, ?, ?, ?, ?)";

    private static final String DELETE =
            "DELETE FROM item_index WHERE kind = ? AND field = ? AND entry = ? AND item_key = ?";

    private IndexTable() {}

    static List<Item> find(Connection connection, String kind, String field, String value, String after, int limit)
            throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, kind);
            find.setString(2, field);
            find.setBytes(3, Utf8.of(value));
            find.setBytes(4, Utf8.of(after));
            find.setInt(5, limit);
            return ItemTable.items(kind, find);
        }
    }

    static List<Store.Hit> scan(
            Connection connection,
            String kind,
            String field,
            String prefix,
            String afterValue,
            String afterKey,
            int limit)
            throws SQLException {
        byte[] start = Utf8.of(prefix.compareTo(afterValue) > 0 ? prefix : afterValue);
        List<Store.Hit> hits = new ArrayList<>();
        try (PreparedStatement scan = connection.prepareStatement(SCAN)) {
            scan.setString(1, kind);
            scan.setString(2, field);
            scan.setBytes(3, start);
            scan.setBytes(4, Utf8.afterAllWith(Utf8.of(prefix)));
            scan.setBytes(5, Utf8.of(afterValue));
            scan.setBytes(6, Utf8.of(afterKey));
            scan.setInt(7, limit);
            try (ResultSet row = scan.executeQuery()) {
                while (row.next()) {
                    Item item = new Item(kind, Utf8.text(row.getBytes(2)), row.getLong(3), row.getString(4), List.of());
                    hits.add(new Store.Hit(Utf8.text(row.getBytes(1)), item));
                }
            }
        }
        return hits;
    }

    static Optional<String> highest(Connection connection, String kind, String field) throws SQLException {
        try (PreparedStatement highest = connection.prepareStatement(HIGHEST)) {
            highest.setString(1, kind);
            highest.setString(2, field);
            return first(highest);
        }
    }

    /** The key of the item that has a unique value. */
    static Optional<String> holder(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement holder = connection.prepareStatement(HOLDER)) {
            holder.setString(1, entry.row().kind());
            holder.setString(2, entry.field());
            holder.setBytes(3, Utf8.of(entry.value()));
            return first(holder);
        }
    }

    private static Optional<String> first(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(Utf8.text(row.getBytes(1))) : Optional.empty();
        }
    }

    /**
     * Gives every item the entries it is to have. First removes and then adds, so that a value can go from one
     * item to another; and writes only the difference, which is mostly none. The caller holds the items' locks.
     */
    static void replace(Connection connection, List<Plan.Target> targets) throws SQLException {
        List<Entry> removed = new ArrayList<>();
        List<Entry> added = new ArrayList<>();
        for (Plan.Target target : targets) {
            Set<Entry> stored = target.version() == 0 ? Set.of() : stored(connection, target.row());
            stored.stream().filter(entry -> !target.wanted().contains(entry)).forEach(removed::add);
            target.wanted().stream().filter(entry -> !stored.contains(entry)).forEach(added::add);
        }
        remove(connection, removed);
        add(connection, added);
    }

    private static Set<Entry> stored(Connection connection, Row item) throws SQLException {
        Set<Entry> entries = new HashSet<>();
        try (PreparedStatement stored = connection.prepareStatement(OF_ITEM)) {
            stored.setString(1, item.kind());
            stored.setBytes(2, Utf8.of(item.key()));
            try (ResultSet row = stored.executeQuery()) {
                while (row.next()) {
                    String value = Utf8.text(row.getBytes(2));
                    entries.add(new Entry(item, row.getString(1), value, row.getBytes(3) != null));
                }
            }
        }
        return entries;
    }

    private static void remove(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        entries.sort(Entry.LOCK_ORDER);
        try (PreparedStatement batch = connection.prepareStatement(DELETE)) {
            for (Entry entry : entries) {
                bind(batch, entry);
                batch.addBatch();
            }
            batch.executeBatch();
        }
    }

    private static void add(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        entries.sort(Entry.LOCK_ORDER);
        try (PreparedStatement batch = connection.prepareStatement(INSERT)) {
            for (Entry entry : entries) {
                bind(batch, entry);
                if (entry.unique()) {
                    batch.setBytes(5, Utf8.of(entry.value()));
                } else {
                    batch.setNull(5, Types.VARBINARY);
                }
                batch.addBatch();
            }
            batch.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, Entry entry) throws SQLException {
        statement.setString(1, entry.row().kind());
        statement.setString(2, entry.field());
        statement.setBytes(3, Utf8.of(entry.value()));
        statement.setBytes(4, Utf8.of(entry.row().key()));
    }
}

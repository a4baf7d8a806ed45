package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.store.sql.Step.Action;
import org.latchkey.store.sql.Step.Row;

/** The statements on table {@code item}. */
final class ItemTable {

    private static final String GET = "SELECT version, body FROM item WHERE kind = ? AND item_key = ?";

    private static final String VERSION = "SELECT version FROM item WHERE kind = ? AND item_key = ?";

    /** Ordered by both columns of the key, which lets H2 read in order instead of sorting. */
    private static final String LIST = "SELECT item_key, version, body FROM item"
            + " WHERE kind = ? AND item_key >= ? AND item_key < ? AND item_key > ?"
            + " ORDER BY kind, item_key LIMIT ?";

    private static final Inserts INSERT =
            new Inserts("item", List.of("body", "version", "entries", "kind", "item_key"));

    /** The entries tell that it was not removed and created again meanwhile: versions begin anew with that. */
    private static final String UNCHANGED = " WHERE kind = ? AND item_key = ? AND version = ? AND entries = ?";

    private static final String UPDATE = "UPDATE item SET body = ?, version = ?, entries = ?" + UNCHANGED;

    private static final String DELETE = "DELETE FROM item" + UNCHANGED;

    /** A left join, and no IN or other join: H2 would read the whole kind for those. */
    private static final int KEYS = 32;

    private static final String ENTRIES = "SELECT k.item_key, i.version, i.entries FROM (VALUES "
            + String.join(", ", Collections.nCopies(KEYS, "(CAST(? AS BYTEA))"))
            + ") AS k (item_key) LEFT JOIN item i ON i.kind = ? AND i.item_key = k.item_key";

    private static final String ENTRIES_OF_ONE =
            "SELECT item_key, version, entries FROM item WHERE item_key = ? AND kind = ?";

    private static final byte[] NONE = {};

    private ItemTable() {}

    static Optional<Item> get(Connection connection, String kind, String key) throws SQLException {
        try (PreparedStatement get = connection.prepareStatement(GET)) {
            get.setString(1, kind);
            get.setBytes(2, Utf8.of(key));
            try (ResultSet row = get.executeQuery()) {
                return row.next()
                        ? Optional.of(new Item(kind, key, row.getLong(1), row.getString(2), List.of()))
                        : Optional.empty();
            }
        }
    }

    /** The stored version, 0 if there is no such item. */
    static long version(Connection connection, Row item) throws SQLException {
        try (PreparedStatement version = connection.prepareStatement(VERSION)) {
            version.setString(1, item.kind());
            version.setBytes(2, Utf8.of(item.key()));
            try (ResultSet row = version.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    static List<Item> list(Connection connection, String kind, String prefix, String after, int limit)
            throws SQLException {
        byte[] start = Utf8.of(prefix);
        try (PreparedStatement list = connection.prepareStatement(LIST)) {
            list.setString(1, kind);
            list.setBytes(2, start);
            list.setBytes(3, Utf8.afterAllWith(start));
            list.setBytes(4, Utf8.of(after));
            list.setInt(5, limit);
            return items(kind, list);
        }
    }

    /** Reads key, version and body of each row. */
    static List<Item> items(String kind, PreparedStatement query) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String key = Utf8.text(row.getBytes(1));
                items.add(new Item(kind, key, row.getLong(2), row.getString(3), List.of()));
            }
        }
        return items;
    }

    /**
     * What the items are indexed under as they are stored.
     *
     * @throws Store.Conflict if one of them is not at the version that it must have
     */
    static Map<Row, byte[]> entries(Connection connection, List<Plan.Target> targets)
            throws SQLException, Store.Conflict {
        Map<Row, byte[]> entries = new HashMap<>();
        Map<Row, Long> versions = new HashMap<>();
        for (int from = 0; from < targets.size(); from += KEYS) {
            List<Row> rows = targets.subList(from, Math.min(from + KEYS, targets.size())).stream()
                    .map(Plan.Target::row)
                    .toList();
            for (String kind : rows.stream().map(Row::kind).distinct().toList()) {
                List<Row> ofKind =
                        rows.stream().filter(row -> row.kind().equals(kind)).toList();
                read(connection, kind, ofKind, (row, version, packed) -> {
                    versions.put(row, version);
                    entries.put(row, packed);
                });
            }
        }
        for (Plan.Target target : targets) {
            if (versions.getOrDefault(target.row(), 0L) != target.version()) {
                throw Conflicts.stale(target.row());
            }
        }
        return entries;
    }

    private interface Found {
        void entries(Row row, long version, byte[] packed);
    }

    private static void read(Connection connection, String kind, List<Row> rows, Found found) throws SQLException {
        int places = rows.size() == 1 ? 1 : KEYS;
        try (PreparedStatement entries = connection.prepareStatement(places == 1 ? ENTRIES_OF_ONE : ENTRIES)) {
            for (int i = 0; i < places; i++) {
                // The places that are left over repeat the last key.
                entries.setBytes(
                        i + 1, Utf8.of(rows.get(Math.min(i, rows.size() - 1)).key()));
            }
            entries.setString(places + 1, kind);
            try (ResultSet row = entries.executeQuery()) {
                while (row.next()) {
                    byte[] packed = row.getBytes(3);
                    if (packed != null) {
                        found.entries(new Row(kind, Utf8.text(row.getBytes(1))), row.getLong(2), packed);
                    }
                }
            }
        }
    }

    /**
     * Does the steps in their order, those of one action that follow one another as one batch.
     *
     * @param stored what the items are indexed under before the first step
     */
    static void apply(Connection connection, List<Step> steps, Map<Row, byte[]> stored)
            throws SQLException, Store.Conflict {
        Map<Row, byte[]> before = new HashMap<>(stored);
        int from = 0;
        while (from < steps.size()) {
            Action action = steps.get(from).action();
            int to = from + 1;
            while (to < steps.size() && steps.get(to).action() == action) {
                to++;
            }
            List<Step> batch = steps.subList(from, to);
            switch (action) {
                case CREATE -> create(connection, batch, before);
                case CHANGE -> applyBatch(connection, UPDATE, batch, before);
                case REMOVE -> applyBatch(connection, DELETE, batch, before);
            }
            from = to;
        }
    }

    private static void create(Connection connection, List<Step> steps, Map<Row, byte[]> before) throws SQLException {
        INSERT.all(connection, steps, (insert, place, step) -> {
            byte[] packed = Packed.of(step.entries());
            insert.setString(place, step.body());
            insert.setLong(place + 1, step.version() + 1);
            insert.setBytes(place + 2, packed);
            insert.setString(place + 3, step.row().kind());
            insert.setBytes(place + 4, Utf8.of(step.row().key()));
            before.put(step.row(), packed);
        });
    }

    private static void applyBatch(Connection connection, String sql, List<Step> steps, Map<Row, byte[]> before)
            throws SQLException, Store.Conflict {
        try (PreparedStatement batch = connection.prepareStatement(sql)) {
            for (Step step : steps) {
                bind(batch, step, before);
                batch.addBatch();
            }
            int[] counts = batch.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    throw Conflicts.stale(steps.get(i).row());
                }
            }
        }
    }

    private static void bind(PreparedStatement statement, Step step, Map<Row, byte[]> before) throws SQLException {
        byte[] packed = Packed.of(step.entries());
        int column = 1;
        if (step.action() == Action.CHANGE) {
            statement.setString(column++, step.body());
            statement.setLong(column++, step.version() + 1);
            statement.setBytes(column++, packed);
        }
        statement.setString(column++, step.row().kind());
        statement.setBytes(column++, Utf8.of(step.row().key()));
        statement.setLong(column++, step.version());
        statement.setBytes(column, before.getOrDefault(step.row(), NONE));
        before.put(step.row(), packed);
    }
}

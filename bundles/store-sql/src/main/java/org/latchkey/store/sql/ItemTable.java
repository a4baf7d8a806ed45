package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    private static final String INSERT = "INSERT INTO item (body, version, kind, item_key) VALUES (?, ?, ?, ?)";

    private static final String UPDATE =
            "UPDATE item SET body = ?, version = ? WHERE kind = ? AND item_key = ? AND version = ?";

    private static final String DELETE = "DELETE FROM item WHERE kind = ? AND item_key = ? AND version = ?";

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

    /** Does the steps in their order, those of one action that follow one another as one batch. */
    static void apply(Connection connection, List<Step> steps) throws SQLException, Store.Conflict {
        int from = 0;
        while (from < steps.size()) {
            int to = from + 1;
            while (to < steps.size()
                    && steps.get(to).action() == steps.get(from).action()) {
                to++;
            }
            applyBatch(connection, steps.subList(from, to));
            from = to;
        }
    }

    private static void applyBatch(Connection connection, List<Step> steps) throws SQLException, Store.Conflict {
        Action action = steps.get(0).action();
        try (PreparedStatement batch = connection.prepareStatement(sql(action))) {
            for (Step step : steps) {
                bind(batch, step);
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

    private static String sql(Action action) {
        return switch (action) {
            case CREATE -> INSERT;
            case CHANGE -> UPDATE;
            case REMOVE -> DELETE;
        };
    }

    private static void bind(PreparedStatement statement, Step step) throws SQLException {
        int column = 1;
        if (step.action() != Action.REMOVE) {
            statement.setString(column++, step.body());
            statement.setLong(column++, step.version() + 1);
        }
        statement.setString(column++, step.row().kind());
        statement.setBytes(column++, Utf8.of(step.row().key()));
        if (step.action() != Action.CREATE) {
            statement.setLong(column, step.version());
        }
    }
}

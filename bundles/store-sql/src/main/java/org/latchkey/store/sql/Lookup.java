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

/**
 * The questions to the tables {@code item_entry} and {@code item_unique}. Both are asked with one statement, which
 * sees them at one moment; each by itself along its index and no further than the limit, before any item is read.
 * To order by all columns of the index lets H2 read in order instead of sorting; a left join, although no entry is
 * without its item, keeps it from beginning with the items.
 */
final class Lookup {

    private static final String FIND = "SELECT i.item_key, i.version, i.body FROM ("
            + "(SELECT item_key FROM item_entry WHERE kind = ? AND field = ? AND entry = ? AND item_key > ?"
            + " ORDER BY kind, field, entry, item_key LIMIT ?)"
            + " UNION ALL"
            + " (SELECT item_key FROM item_unique WHERE kind = ? AND field = ? AND entry = ? AND item_key > ?)"
            + ") x LEFT JOIN item i ON i.kind = ? AND i.item_key = x.item_key ORDER BY x.item_key LIMIT ?";

    /** The rest of the first value and the values after it: an OR of the two would be read from the first key on. */
    private static final String SCAN = "SELECT x.entry, i.item_key, i.version, i.body FROM ("
            + "SELECT entry, item_key FROM ("
            + "(SELECT entry, item_key FROM item_entry WHERE kind = ? AND field = ? AND entry = ? AND item_key > ?"
            + " ORDER BY kind, field, entry, item_key LIMIT ?)"
            + " UNION ALL"
            + " (SELECT entry, item_key FROM item_entry WHERE kind = ? AND field = ? AND entry >= ? AND entry < ?"
            + " ORDER BY kind, field, entry, item_key LIMIT ?)"
            + " UNION ALL"
            + " (SELECT entry, item_key FROM item_unique WHERE kind = ? AND field = ? AND entry >= ? AND entry < ?"
            + " AND (entry > ? OR item_key > ?) ORDER BY kind, field, entry LIMIT ?)"
            + ") a ORDER BY entry, item_key LIMIT ?"
            + ") x LEFT JOIN item i ON i.kind = ? AND i.item_key = x.item_key ORDER BY x.entry, x.item_key";

    private static final String HIGHEST = "SELECT entry FROM ("
            + "(SELECT entry FROM item_entry WHERE kind = ? AND field = ?"
            + " ORDER BY kind DESC, field DESC, entry DESC LIMIT 1)"
            + " UNION ALL"
            + " (SELECT entry FROM item_unique WHERE kind = ? AND field = ?"
            + " ORDER BY kind DESC, field DESC, entry DESC LIMIT 1)"
            + ") x ORDER BY entry DESC LIMIT 1";

    private static final String HOLDER = "SELECT item_key FROM item_unique WHERE kind = ? AND field = ? AND entry = ?";

    private Lookup() {}

    static List<Item> find(Connection connection, String kind, String field, String value, String after, int limit)
            throws SQLException {
        byte[] entry = Utf8.of(value);
        byte[] start = Utf8.of(after);
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            bind(find, kind, field, entry, start, limit, kind, field, entry, start, kind, limit);
            return ItemTable.items(kind, find);
        }
    }

    static List<Store.Hit> scan(Connection connection, String kind, String field, Range range, int limit)
            throws SQLException {
        byte[] value = range.value();
        byte[] key = range.key();
        byte[] end = range.end();
        List<Store.Hit> hits = new ArrayList<>();
        try (PreparedStatement scan = connection.prepareStatement(SCAN)) {
            int next = bind(scan, kind, field, value, key, limit, kind, field, range.next(), end, limit);
            bindFrom(next, scan, kind, field, value, end, value, key, limit, limit, kind);
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
            bind(highest, kind, field, kind, field);
            return first(highest);
        }
    }

    /** The key of the item that has a unique value. */
    static Optional<String> holder(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement holder = connection.prepareStatement(HOLDER)) {
            bind(holder, entry.row().kind(), entry.field(), Utf8.of(entry.value()));
            return first(holder);
        }
    }

    private static Optional<String> first(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(Utf8.text(row.getBytes(1))) : Optional.empty();
        }
    }

    private static int bind(PreparedStatement query, Object... values) throws SQLException {
        return bindFrom(1, query, values);
    }

    /** Gives the place after the last. */
    private static int bindFrom(int place, PreparedStatement query, Object... values) throws SQLException {
        int next = place;
        for (Object value : values) {
            query.setObject(next++, value);
        }
        return next;
    }
}

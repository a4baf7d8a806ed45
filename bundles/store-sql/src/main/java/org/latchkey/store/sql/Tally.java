package org.latchkey.store.sql;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many rows of each kind there are, and a sum over their contents in which their order does not count. */
final class Tally {

    private static final int COLUMNS_AFTER_KIND = 2;

    /** What is counted, and the query for it: the kind and then all that must be the same on both sides. */
    private static final Map<String, String> QUERIES = Map.of(
            "items", "SELECT kind, item_key, version, body, entries FROM item",
            "shared", "SELECT kind, field, entry, item_key FROM item_entry",
            "unique", "SELECT kind, field, entry, item_key FROM item_unique");

    /** A number of rows and the sum of their hashes. */
    private record Sum(long rows, long hashes) {

        static final Sum NONE = new Sum(0, 0);

        Sum plus(long hash) {
            return new Sum(rows + 1, hashes + hash);
        }
    }

    /** By what is counted and kind. */
    private final Map<String, Map<String, Sum>> sums = new TreeMap<>();

    private final MessageDigest digest = sha256();

    private Tally() {
        QUERIES.keySet().forEach(what -> sums.put(what, new TreeMap<>()));
    }

    /** Reads all rows of all tables. */
    static Tally of(Connection connection) throws SQLException {
        Tally tally = new Tally();
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            Rows.read(connection, query.getValue(), row -> tally.add(query.getKey(), row));
        }
        return tally;
    }

    /** Only counts the rows, which takes little time. */
    static Tally counted(Connection connection) throws SQLException {
        Tally tally = new Tally();
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            String table = query.getValue().replaceFirst(".* FROM ", "");
            Rows.read(connection, "SELECT kind, COUNT(*) FROM " + table + " GROUP BY kind", row -> tally.sums
                    .get(query.getKey())
                    .put(row.getString(1), new Sum(row.getLong(COLUMNS_AFTER_KIND), 0)));
        }
        return tally;
    }

    private void add(String what, ResultSet row) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream content = new DataOutputStream(bytes)) {
            for (int i = COLUMNS_AFTER_KIND; i <= row.getMetaData().getColumnCount(); i++) {
                byte[] value = bytes(row.getObject(i));
                content.writeInt(value.length);
                content.write(value);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        long hash = 0;
        byte[] hashed = digest.digest(bytes.toByteArray());
        for (int i = 0; i < Long.BYTES; i++) {
            hash = hash << Byte.SIZE | hashed[i] & 0xFF;
        }
        Map<String, Sum> byKind = sums.get(what);
        String kind = row.getString(1);
        byKind.put(kind, byKind.getOrDefault(kind, Sum.NONE).plus(hash));
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes ? bytes : Utf8.of(value.toString());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The kinds in which the other one differs. */
    List<String> differences(Tally other) {
        List<String> different = new ArrayList<>();
        for (String what : sums.keySet()) {
            Map<String, Sum> all = new TreeMap<>(sums.get(what));
            all.putAll(other.sums.get(what));
            for (String kind : all.keySet()) {
                Sum here = sums.get(what).getOrDefault(kind, Sum.NONE);
                Sum there = other.sums.get(what).getOrDefault(kind, Sum.NONE);
                if (!here.equals(there)) {
                    different.add(kind + " (" + what + ": " + here.rows() + " and " + there.rows() + ")");
                }
            }
        }
        return different;
    }

    /** One line for each kind. */
    List<String> lines() {
        Map<String, Sum> kinds = new TreeMap<>();
        sums.values().forEach(kinds::putAll);
        return kinds.keySet().stream()
                .map(kind -> "  " + kind + ": " + rows("items", kind) + " items, "
                        + (rows("shared", kind) + rows("unique", kind)) + " index entries")
                .toList();
    }

    private long rows(String what, String kind) {
        return sums.get(what).getOrDefault(kind, Sum.NONE).rows();
    }
}

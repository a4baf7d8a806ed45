package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.latchkey.store.sql.Step.Row;

/**
 * Copies everything from one database to another, in one transaction there: what is found by reading it back is
 * what was read here, or nothing is changed.
 */
final class Copy {

    private static final int BATCH = 500;

    private static final Inserts ITEMS = new Inserts("item", List.of("kind", "item_key", "version", "body", "entries"));

    /** One row of table {@code item}, as it is. */
    private record Stored(String kind, byte[] key, long version, String body, byte[] entries) {

        static Stored of(ResultSet row) throws SQLException {
            return new Stored(row.getString(1), row.getBytes(2), row.getLong(3), row.getString(4), row.getBytes(5));
        }

        void bind(PreparedStatement insert, int place) throws SQLException {
            insert.setString(place, kind);
            insert.setBytes(place + 1, key);
            insert.setLong(place + 2, version);
            insert.setString(place + 3, body);
            insert.setBytes(place + 4, entries);
        }
    }

    /** A database and what it is called when it is spoken of. */
    record Place(DataSource source, Dialect dialect, String name) {

        private Connection open() throws SQLException {
            Connection connection = source.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(dialect.streaming());
            }
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return connection;
        }
    }

    /** What may become of the items that are in the target already. */
    enum Present {
        REFUSE,
        REMOVE
    }

    private final Place from;
    private final Place to;
    private final Present present;
    private final List<String> report = new ArrayList<>();

    Copy(Place from, Place to, Present present) {
        this.from = from;
        this.to = to;
        this.present = present;
    }

    /** What would be copied; refused if the copy would be. */
    List<String> rehearse() throws SQLException, TaskRefused {
        check();
        report.add("Nothing was copied: this was a dry run. With --no-dry-run it is done.");
        return report;
    }

    List<String> run() throws SQLException, TaskRefused {
        check();
        Schema.ensure(to.source(), to.dialect());
        try (Connection source = from.open();
                Connection target = to.open()) {
            boolean complete = false;
            try {
                copy(source, target);
                target.commit();
                complete = true;
            } finally {
                if (!complete) {
                    target.rollback();
                }
                source.rollback();
            }
        }
        report.add("Copied and compared: the target holds the same.");
        return report;
    }

    private void check() throws SQLException, TaskRefused {
        long here = Schema.newestApplied(from.source());
        if (here != Script.NEWEST) {
            throw new TaskRefused("the database " + from.name() + " is at schema " + here + ", not " + Script.NEWEST
                    + (here == 0 ? ": nothing was ever stored there" : "; bring it there with latchkey migrate"));
        }
        report.add("From " + from.name());
        try (Connection source = from.open()) {
            report.addAll(Tally.counted(source).lines());
            source.rollback();
        }
        long there = Schema.newestApplied(to.source());
        report.add("To " + to.name());
        if (there > Script.NEWEST) {
            throw new TaskRefused("the database " + to.name() + " is at schema " + there + ", which is newer than "
                    + Script.NEWEST + " of this version");
        }
        if (there > 0) {
            checkPresent();
        }
    }

    private void checkPresent() throws SQLException, TaskRefused {
        try (Connection target = to.open()) {
            List<String> items = new ArrayList<>();
            Rows.read(
                    target,
                    "SELECT kind, COUNT(*) FROM item GROUP BY kind ORDER BY kind",
                    row -> items.add("  " + row.getString(1) + ": " + row.getLong(2) + " items"));
            target.rollback();
            if (!items.isEmpty() && present == Present.REFUSE) {
                throw new TaskRefused("the database " + to.name() + " is not empty; with --truncate, what is there is"
                        + " removed:\n" + String.join("\n", items));
            }
            items.forEach(line -> report.add(line + ", which are removed"));
        }
    }

    private void copy(Connection source, Connection target) throws SQLException, TaskRefused {
        for (String table : List.of("item_entry", "item_unique", "item")) {
            try (Statement remove = target.createStatement()) {
                remove.executeUpdate("DELETE FROM " + table);
            }
        }
        List<Stored> batch = new ArrayList<>();
        Rows.read(source, "SELECT kind, item_key, version, body, entries FROM item", row -> {
            batch.add(Stored.of(row));
            if (batch.size() == BATCH) {
                insert(target, batch);
            }
        });
        insert(target, batch);
        List<String> different = Tally.of(source).differences(Tally.of(target));
        if (!different.isEmpty()) {
            throw new TaskRefused(
                    "the copy differs from what was read, so it was taken back: " + String.join(", ", different));
        }
    }

    private static void insert(Connection target, List<Stored> batch) throws SQLException {
        ITEMS.all(target, batch, (insert, place, item) -> item.bind(insert, place));
        List<Entry> entries = new ArrayList<>();
        for (Stored item : batch) {
            entries.addAll(Packed.unpacked(new Row(item.kind(), Utf8.text(item.key())), item.entries()));
        }
        IndexTables.add(target, entries);
        batch.clear();
    }
}

package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.store.sql.Step.Row;

/** The store over JDBC. A read is one statement, a commit one transaction at READ COMMITTED. */
final class SqlStore implements Store {

    /** The longest pause before the second attempt; twice that before the third, and so on. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Database database;
    private final RowLocks locks = new RowLocks();

    SqlStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Item> get(String kind, String key) {
        return ask(connection -> ItemTable.get(connection, kind, key));
    }

    @Override
    public List<Item> list(String kind, String prefix, String after, int limit) {
        return ask(connection -> ItemTable.list(connection, kind, prefix, after, Math.max(limit, 0)));
    }

    @Override
    public List<Item> find(String kind, String field, String value, String after, int limit) {
        return ask(connection -> Lookup.find(connection, kind, field, value, after, Math.max(limit, 0)));
    }

    @Override
    public List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit) {
        Range range = Range.of(prefix, afterValue, afterKey);
        return range.isEmpty()
                ? List.of()
                : ask(connection -> Lookup.scan(connection, kind, field, range, Math.max(limit, 0)));
    }

    @Override
    public Optional<String> highest(String kind, String field) {
        return ask(connection -> Lookup.highest(connection, kind, field));
    }

    @Override
    public void commit(List<Write> writes) throws Conflict {
        Plan plan = Plan.of(writes);
        if (plan.steps().isEmpty()) {
            return;
        }
        RowLocks.Held rows = locks.hold(plan, database.patience().toNanos());
        try {
            commit(plan);
        } finally {
            rows.release();
        }
    }

    private void commit(Plan plan) throws Conflict {
        long start = System.nanoTime();
        for (int attempt = 1; !isCommitted(plan); attempt++) {
            Optional<Conflict> reason = ask(connection -> Conflicts.reason(connection, plan));
            if (reason.isPresent()) {
                throw reason.get();
            }
            if (System.nanoTime() - start > database.patience().toNanos()) {
                throw Fault.busy();
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS * attempt));
        }
    }

    /** False if another transaction was in the way, for whatever reason; the connection is given back by then. */
    private boolean isCommitted(Plan plan) throws Conflict {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            run(plan, connection);
            database.trust();
            return true;
        } catch (SQLException fault) {
            if (Fault.isContention(fault)) {
                return false;
            }
            database.suspect();
            throw Fault.asRefusal(fault);
        }
    }

    private static void run(Plan plan, Connection connection) throws SQLException, Conflict {
        boolean complete = false;
        try {
            Map<Row, byte[]> stored = ItemTable.entries(connection, plan.changed());
            ItemTable.apply(connection, plan.steps(), stored);
            IndexTables.replace(connection, plan.targets(), stored);
            connection.commit();
            complete = true;
        } finally {
            // After an outage the pool has closed it, and to say so would hide the reason.
            if (!complete && !connection.isClosed()) {
                connection.rollback();
            }
        }
    }

    private <T> T ask(Question<T> question) {
        try (Connection connection = database.connection()) {
            return question.ask(connection);
        } catch (SQLException fault) {
            throw Fault.asRefusal(fault);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }
}

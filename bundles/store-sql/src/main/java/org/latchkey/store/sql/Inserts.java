package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Inserts rows into a table: many with one statement, and what remains one by one in a batch. */
record Inserts(String table, List<String> columns) {

    private static final int ROWS = 64;

    Inserts {
        columns = List.copyOf(columns);
    }

    @FunctionalInterface
    interface Values<T> {
        /** Sets the values of one row, the first of them at this place. */
        void bind(PreparedStatement insert, int place, T row) throws SQLException;
    }

    <T> void all(Connection connection, List<T> rows, Values<T> values) throws SQLException {
        int whole = rows.size() - rows.size() % ROWS;
        if (whole > 0) {
            together(connection, rows.subList(0, whole), values);
        }
        if (whole < rows.size()) {
            oneByOne(connection, rows.subList(whole, rows.size()), values);
        }
    }

    private <T> void together(Connection connection, List<T> rows, Values<T> values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql(ROWS))) {
            for (int from = 0; from < rows.size(); from += ROWS) {
                for (int i = 0; i < ROWS; i++) {
                    values.bind(insert, i * columns.size() + 1, rows.get(from + i));
                }
                insert.executeUpdate();
            }
        }
    }

    private <T> void oneByOne(Connection connection, List<T> rows, Values<T> values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql(1))) {
            for (T row : rows) {
                values.bind(insert, 1, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private String sql(int rows) {
        String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES "
                + String.join(", ", Collections.nCopies(rows, row));
    }
}

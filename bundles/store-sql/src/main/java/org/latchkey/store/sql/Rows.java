package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads many rows without having them all in memory: within a transaction, which both databases want for it. */
final class Rows {

    private static final int AT_ONCE = 500;

    private Rows() {}

    @FunctionalInterface
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    static void read(Connection connection, String sql, Reader reader) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(AT_ONCE);
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }
    }
}

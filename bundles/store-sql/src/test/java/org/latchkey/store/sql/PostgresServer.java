package org.latchkey.store.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.jdbc.DataSourceFactory;
import org.postgresql.osgi.PGDataSourceFactory;

/** A real PostgreSQL for all tests of this JVM, started with the first of them; each class makes a database of its own. */
final class PostgresServer {

    static final DataSourceFactory DRIVER = new PGDataSourceFactory();

    private static final class Running {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    private PostgresServer() {}

    /** The URL of a new and empty database. */
    static String newDatabase() throws SQLException {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return Running.SERVER.getJdbcUrl("postgres", name);
    }

    static Map<String, String> properties(String url) {
        return new HashMap<>(Map.of("latchkey.db.url", url));
    }

    static Settings settings(String url) {
        return Settings.of(properties(url)::get, EmbeddedDatabase.config());
    }

    static Database open(String url) throws SQLException {
        return Database.open(DRIVER, settings(url));
    }
}

package org.latchkey.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.osgi.service.jdbc.DataSourceFactory;

/** A database with an up-to-date schema, and a pool of connections to it. */
final class Database implements AutoCloseable {

    private static final int VALIDATION_SECONDS = 1;

    private final HikariDataSource pool;
    private final Duration patience;

    private Database(HikariDataSource pool, Duration patience) {
        this.pool = pool;
        this.patience = patience;
    }

    /** Opens the database, creating it where that is possible, and migrates it. */
    static Database open(DataSourceFactory driver, Settings settings) throws SQLException {
        if (settings.folder().isPresent()) {
            create(settings.folder().get());
        }
        Dialect dialect = Dialect.of(settings.url());
        DataSource source = driver.createDataSource(settings.forDriver());
        Database database = new Database(pool(source, dialect, settings), settings.patience());
        boolean ready = false;
        try {
            if (settings.readOnly()) {
                Schema.refuseAnother(database.pool);
            } else {
                Schema.ensure(driver.createDataSource(settings.unhurried().forDriver()), dialect);
            }
            ready = true;
            return database;
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }

    private static void create(Path folder) throws SQLException {
        try {
            PrivateFolder.create(folder);
        } catch (IOException impossible) {
            throw new SQLException("no folder for the database", impossible);
        }
    }

    private static HikariDataSource pool(DataSource source, Dialect dialect, Settings settings) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("latchkey-store");
        config.setDataSource(source);
        config.setConnectionInitSql(dialect.session(settings.patience().toMillis()));
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1); // the rest are opened when they are needed, not while the server starts
        config.setConnectionTimeout(settings.patience().toMillis());
        config.setValidationTimeout(VALIDATION_SECONDS * 1000L);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException unreachable) {
            throw new SQLException("no connection", unreachable.getCause());
        }
    }

    /** How long somebody may wait for the database. */
    Duration patience() {
        return patience;
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    boolean answers() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(VALIDATION_SECONDS);
        }
    }

    /** Closes every connection; with its last one an embedded database closes too. */
    @Override
    public void close() {
        pool.close();
    }
}

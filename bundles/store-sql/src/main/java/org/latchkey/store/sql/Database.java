package org.latchkey.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.osgi.service.jdbc.DataSourceFactory;

/** A database with an up-to-date schema, and a pool of connections to it. */
final class Database implements AutoCloseable {

    /** How long a connection may take to say that it is still one. */
    private static final int VALIDATION_SECONDS = 1;

    /** Changes nothing, and yet is written to the disk. */
    private static final String TOUCH = "UPDATE changelog SET description = description WHERE id = 1";

    private final HikariDataSource pool;
    private final Dialect dialect;
    private final Duration patience;

    /** Whether the last commit failed for the database's sake, so that it does not suffice that it answers. */
    private volatile boolean suspected;

    private Database(HikariDataSource pool, Dialect dialect, Duration patience) {
        this.pool = pool;
        this.dialect = dialect;
        this.patience = patience;
    }

    /** Opens the database, creating it where that is possible, and migrates it. */
    static Database open(DataSourceFactory driver, Settings settings) throws SQLException {
        if (settings.folder().isPresent()) {
            create(settings.folder().get());
        }
        Dialect dialect = Dialect.of(settings.url());
        DataSource source = driver.createDataSource(settings.forDriver());
        Database database = new Database(pool(source, dialect, settings), dialect, settings.patience());
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
        config.setThreadFactory(Database::thread);
        config.setExceptionOverride(new Eviction());
        config.setConnectionTimeout(settings.patience().toMillis());
        config.setValidationTimeout(VALIDATION_SECONDS * 1000L);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException unreachable) {
            throw new SQLException("no connection", unreachable.getCause());
        }
    }

    /** The pool begins them when they are needed, maybe by a plugin's call: they must not hold that plugin. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "latchkey-store-pool");
        thread.setDaemon(true);
        thread.setContextClassLoader(Database.class.getClassLoader());
        return thread;
    }

    /**
     * Lets no connection live after an outage. By itself the pool knows only some errors; a connection to an H2 that
     * closed itself over a full disk would stay, and keep H2 from opening again.
     */
    private static final class Eviction implements SQLExceptionOverride {

        @java.lang.Override
        public Override adjudicate(SQLException fault) {
            return Fault.isOutage(fault) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }

    /** How long somebody may wait for the database. */
    Duration patience() {
        return patience;
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** A commit failed for the database's sake. */
    void suspect() {
        suspected = true;
    }

    /** A commit succeeded. */
    void trust() {
        if (suspected) {
            suspected = false;
        }
    }

    /** Whether it takes changes, as far as can be told without one; after a commit that failed, by one. */
    boolean answers() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(dialect.writable())) {
                if (!row.next() || !row.getBoolean(1)) {
                    return false;
                }
            }
            if (suspected) {
                statement.executeUpdate(TOUCH);
                trust();
            }
            return true;
        }
    }

    /** Closes every connection; with its last one an embedded database closes too. */
    @Override
    public void close() {
        pool.close();
    }
}

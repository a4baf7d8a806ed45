package org.latchkey.store.sql;

import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.DataSourceConnectionProvider;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.MigrationReader;
import org.apache.ibatis.migration.operations.DownOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/** Runs the {@link Script}s of this bundle with MyBatis Migrations. */
final class Migrations {

    private final ConnectionProvider connections;
    private final MigrationLoader scripts;

    Migrations(DataSource database, Dialect dialect) {
        this.connections = new DataSourceConnectionProvider(database);
        this.scripts = new Scripts(dialect.scriptVariables());
    }

    /** Runs every script that did not run yet. */
    void up() throws SQLException {
        run(new UpOperation());
    }

    private void run(UpOperation up) throws SQLException {
        try {
            up.operate(connections, scripts, options(), null);
        } catch (MigrationException failed) {
            throw new SQLException("the migration failed", failed);
        }
    }

    /** Takes back the newest scripts, that many. */
    void down(int steps) throws SQLException {
        try {
            new DownOperation(steps).operate(connections, scripts, options(), null);
        } catch (MigrationException failed) {
            throw new SQLException("the migration failed", failed);
        }
    }

    /** Goes from the newest script that was applied to another one, in either direction. */
    void to(long applied, long wanted) throws SQLException {
        int steps = (int) Script.ALL.stream()
                .filter(script -> script.id() > Math.min(applied, wanted) && script.id() <= Math.max(applied, wanted))
                .count();
        if (wanted < applied) {
            down(steps);
        } else if (steps > 0) {
            run(new UpOperation(steps));
        }
    }

    private static DatabaseOperationOption options() {
        DatabaseOperationOption options = new DatabaseOperationOption();
        options.setStopOnError(true);
        options.setAutoCommit(false);
        options.setThrowWarning(false); // PostgreSQL warns of each table that is there already
        return options;
    }

    private record Scripts(Properties variables) implements MigrationLoader {

        /** In a list of its own: the operations sort it. */
        @Override
        public List<Change> getMigrations() {
            List<Change> changes = new ArrayList<>();
            for (Script script : Script.ALL) {
                Change change = new Change(BigDecimal.valueOf(script.id()));
                change.setDescription(script.name());
                change.setFilename(script.resource());
                changes.add(change);
            }
            return changes;
        }

        @Override
        public Reader getScriptReader(Change change, boolean undo) {
            return new MigrationReader(
                    Migrations.class.getResourceAsStream(change.getFilename()),
                    StandardCharsets.UTF_8.name(),
                    undo,
                    variables);
        }

        @Override
        public Reader getBootstrapReader() {
            return new StringReader("");
        }

        @Override
        public Reader getOnAbortReader() {
            return new StringReader("");
        }
    }
}

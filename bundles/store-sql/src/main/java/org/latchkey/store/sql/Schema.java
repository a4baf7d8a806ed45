package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the tables are those this version works with. */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private Schema() {}

    /** Migrates if anything is missing. Touches no class of the migration library when nothing is. */
    static void ensure(DataSource database, Dialect dialect) throws SQLException {
        long applied = newestApplied(database);
        if (applied > Script.NEWEST) {
            throw new SQLException("the database is at schema " + applied + ", this version knows " + Script.NEWEST);
        }
        if (applied < Script.NEWEST) {
            LOG.atInfo()
                    .addKeyValue("from", applied)
                    .addKeyValue("to", Script.NEWEST)
                    .log("migrating the database");
            new Migrations(database, dialect).up();
        }
    }

    /** On a replica, where nothing can be migrated. */
    static void refuseAnother(DataSource database) throws SQLException {
        long applied = newestApplied(database);
        if (applied != Script.NEWEST) {
            throw new SQLException("the database is at schema " + applied + ", this version reads " + Script.NEWEST
                    + "; a replica does not migrate");
        }
    }

    /** The number of the newest script that ran, 0 in an empty database. */
    static long newestApplied(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement newest = connection.prepareStatement("SELECT MAX(id) FROM changelog");
                ResultSet row = newest.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException fault) {
            if (Fault.isMissingTable(fault)) {
                return 0;
            }
            throw fault;
        }
    }
}

package org.latchkey.store.sql;

import java.sql.SQLException;
import java.util.Properties;

/** What has to be said to one database otherwise than to another. */
enum Dialect {
    H2 {
        @Override
        String packed() {
            return "STRINGTOUTF8(LISTAGG(CASE WHEN x.taken IS NULL THEN 'n' ELSE 'u' END"
                    + " || OCTET_LENGTH(STRINGTOUTF8(x.field)) || ':' || x.field"
                    + " || OCTET_LENGTH(x.entry) || ':' || UTF8TOSTRING(x.entry), '')"
                    + " WITHIN GROUP (ORDER BY x.field, x.entry))";
        }

        @Override
        String writable() {
            return "SELECT NOT READONLY()";
        }

        @Override
        String streaming() {
            return "SET LAZY_QUERY_EXECUTION 1";
        }

        @Override
        String session(long patienceMillis) {
            return "SET LOCK_TIMEOUT " + patienceMillis;
        }
    },

    POSTGRESQL {
        @Override
        String packed() {
            return "STRING_AGG(CONVERT_TO(CASE WHEN x.taken IS NULL THEN 'n' ELSE 'u' END"
                    + " || OCTET_LENGTH(CONVERT_TO(x.field, 'UTF8')) || ':' || x.field"
                    + " || OCTET_LENGTH(x.entry) || ':', 'UTF8') || x.entry, CAST('' AS BYTEA)"
                    + " ORDER BY x.field, x.entry)";
        }

        @Override
        String writable() {
            return "SELECT CURRENT_SETTING('transaction_read_only') = 'off'";
        }

        @Override
        String streaming() {
            return "SET lock_timeout = 0"; // it streams by the fetch size
        }

        /**
         * Every statement of the store reads along an index; without statistics, as after an import, or with a limit it
         * does not know yet, the planner would rather read whole tables.
         */
        @Override
        String session(long patienceMillis) {
            return "SET lock_timeout = " + patienceMillis
                    + "; SET enable_seqscan = off; SET enable_bitmapscan = off"
                    + "; SET enable_hashjoin = off; SET enable_mergejoin = off";
        }
    };

    /** All entries of one item, read from table {@code item_index x} of schema 1, as {@link Packed} writes them. */
    abstract String packed();

    /** A query for whether it can be written to. */
    abstract String writable();

    /** What a connection begins with that reads whole tables. */
    abstract String streaming();

    /** What each connection of the store begins with. */
    abstract String session(long patienceMillis);

    Properties scriptVariables() {
        Properties variables = new Properties();
        variables.setProperty("packed", packed());
        return variables;
    }

    /** The one whose URL this is. */
    static Dialect of(String url) throws SQLException {
        if (EmbeddedUrl.is(url)) {
            return H2;
        }
        if (ServerUrl.is(url)) {
            return POSTGRESQL;
        }
        throw new SQLException("the URL of the database must begin with jdbc:h2: or jdbc:postgresql:");
    }
}

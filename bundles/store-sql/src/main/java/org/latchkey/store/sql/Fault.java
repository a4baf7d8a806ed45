package org.latchkey.store.sql;

import java.sql.SQLException;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a database's exception means for whoever called the store. */
final class Fault {

    private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

    /** Integrity violation and transaction rollback, in every database. */
    private static final Set<String> CONTENTION_CLASSES = Set.of("23", "40");

    /** Lock timeout and concurrent update in H2, lock not available in PostgreSQL. */
    private static final Set<String> CONTENTION_STATES = Set.of("HYT00", "90131", "55P03");

    /** Syntax, data, features, parameters: a statement of ours is wrong. */
    private static final Set<String> OUR_CLASSES = Set.of("07", "0A", "21", "22", "42");

    /** Insufficient privilege, in PostgreSQL: of class 42, but to be mended by whoever runs the database. */
    private static final String FORBIDDEN = "42501";

    /** In PostgreSQL, which is a replica or was told so, and in H2. */
    private static final Set<String> READ_ONLY = Set.of("25006", "90097");

    private Fault() {}

    /** Whether somebody else's transaction was in the way, so that it is worth looking again. */
    static boolean isContention(SQLException fault) {
        return CONTENTION_CLASSES.contains(classOf(fault)) || CONTENTION_STATES.contains(state(fault));
    }

    /** Whether the database is to blame, and so perhaps the connection. */
    static boolean isOutage(SQLException fault) {
        return !isContention(fault) && !isOurs(fault);
    }

    private static boolean isOurs(SQLException fault) {
        return OUR_CLASSES.contains(classOf(fault)) && !state(fault).equals(FORBIDDEN);
    }

    static boolean isMissingTable(SQLException fault) {
        return classOf(fault).equals("42");
    }

    /** The exception to throw: a refusal if the database is to blame, else a fault of this bundle. */
    static RuntimeException asRefusal(SQLException fault) {
        if (isOurs(fault)) {
            return new IllegalStateException("the database did not understand, SQL state " + state(fault), fault);
        }
        LOG.atWarn()
                .addKeyValue("state", state(fault))
                .addKeyValue("code", fault.getErrorCode())
                .addKeyValue("reason", fault.getMessage())
                .log(READ_ONLY.contains(state(fault)) ? "database is read-only" : "database unavailable");
        return READ_ONLY.contains(state(fault))
                ? unavailable("The database takes no changes at the moment.")
                : unavailable("The database cannot be reached at the moment.");
    }

    /** The innermost reason in one line. */
    static String words(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    /** Others are in the way for so long that waiting makes no sense. */
    static Refusal busy() {
        LOG.warn("database too busy for a commit");
        return unavailable("The database is too busy at the moment.");
    }

    /** The database does not come to an end with a commit, which may take place or not. */
    static Refusal slow() {
        LOG.warn("database too slow for a commit");
        return unavailable("The database takes too long at the moment.");
    }

    private static Refusal unavailable(String message) {
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "store-unavailable", message);
    }

    private static String classOf(SQLException fault) {
        String state = state(fault);
        return state.length() < 2 ? "" : state.substring(0, 2);
    }

    private static String state(SQLException fault) {
        return fault.getSQLState() == null ? "" : fault.getSQLState();
    }
}

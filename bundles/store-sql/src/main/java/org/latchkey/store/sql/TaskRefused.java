package org.latchkey.store.sql;

/** A task is not done, for a reason that the operator can mend; the message is meant for the operator as it stands. */
final class TaskRefused extends Exception {

    private static final long serialVersionUID = 1L;

    TaskRefused(String message) {
        super(message);
    }
}

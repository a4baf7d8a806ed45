package org.latchkey.directory;

/** Ends a sign-in; the reason is for the logs alone. */
final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Rejected(String reason) {
        super(reason, null, false, false);
    }
}

package org.latchkey.outbound;

/** Why something is not called; for the log, without anything of the URL but its host. Carries no stack trace. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String reason) {
        super(reason, null, false, false);
    }
}

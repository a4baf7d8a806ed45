package org.latchkey.runtime;

/** The server does not start, for a reason the operator can mend. The message is meant for the operator as it stands. */
public final class StartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.latchkey.auth.ldap;

/**
 * The directory cannot be asked, or its answer cannot be relied on: nothing is known of the attempt. The message is for
 * the operator and never holds a secret.
 */
final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unavailable(String message) {
        super(message);
    }

    Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

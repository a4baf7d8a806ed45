package org.latchkey.auth.gate;

/**
 * Gate cannot be asked, or its answer cannot be relied on: nothing is known of the attempt. The message is for the operator,
 * and holds neither a token nor anything that Gate answered.
 */
final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unavailable(String message) {
        super(message, null, false, false);
    }
}

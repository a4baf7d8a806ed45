package org.latchkey.cas;

import org.latchkey.cas.answer.Failure;

/** A validation or a proxy request comes to nothing, and this is what the application is told. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    Refused(Failure.Code code, String message) {
        super(message, null, false, false);
        this.failure = new Failure(code, message);
    }

    Failure failure() {
        return failure;
    }
}

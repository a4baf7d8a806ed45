package org.latchkey.cas.proxy;

/** Why a callback is not called; for the log, without anything of the URL but its host. Carries no stack trace. */
final class CallbackRefused extends Exception {

    private static final long serialVersionUID = 1L;

    CallbackRefused(String reason) {
        super(reason, null, false, false);
    }
}

package org.latchkey.grant.exchange;

import org.latchkey.api.Refusal;

/** The ways to say no (RFC 8693, 2.2.2). */
final class Errors {

    private Errors() {}

    /** What is malformed, and a token that is not good or not acceptable: the specification has one error for all of it. */
    static Refusal invalidRequest(String message) {
        return Refusal.of(Refusal.Kind.INVALID, "invalid_request", message);
    }

    static Refusal invalidTarget(String message) {
        return Refusal.of(Refusal.Kind.INVALID, "invalid_target", message);
    }

    static Refusal invalidScope(String message) {
        return Refusal.of(Refusal.Kind.INVALID, "invalid_scope", message);
    }

    static Refusal unauthorizedClient(String message) {
        return Refusal.of(Refusal.Kind.INVALID, "unauthorized_client", message);
    }
}

package org.latchkey.cas.answer;

/**
 * Why a ticket was not validated, or none was granted (CAS 3.0.3, sections 2.5.3 and 2.7.3).
 *
 * @param message for whoever runs the application; a sentence of ours that never repeats anything of the request. It is
 *     never blank: some clients know a failure by its text alone
 */
public record Failure(Code code, String message) {

    /** The codes of the protocol. */
    public enum Code {
        INVALID_REQUEST,
        INVALID_TICKET_SPEC,
        UNAUTHORIZED_SERVICE_PROXY,
        UNAUTHORIZED_SERVICE,
        INVALID_PROXY_CALLBACK,
        INVALID_TICKET,
        INVALID_SERVICE,
        INTERNAL_ERROR
    }

    /** @throws IllegalArgumentException if the message is blank */
    public Failure {
        if (message.isBlank()) {
            throw new IllegalArgumentException("A failure needs a message.");
        }
    }
}

package org.latchkey.oauth.dpop;

import org.latchkey.oauth.client.RegisteredClient;

/** Whose proofs need a nonce of this server (RFC 9449, 8). */
public enum NoncePolicy {
    /** Nobody's. */
    NONE,
    /** Those of clients that are registered with {@code dpop_bound_access_tokens}. */
    BOUND,
    /** Everybody's. */
    ALL;

    boolean asks(RegisteredClient client) {
        return this == ALL || this == BOUND && client.is("dpop_bound_access_tokens");
    }
}

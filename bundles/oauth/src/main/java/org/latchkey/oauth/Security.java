package org.latchkey.oauth;

import java.time.Duration;
import org.latchkey.oauth.dpop.NoncePolicy;

/**
 * How much the operator demands of requests, beyond what every client has to do.
 *
 * @param pushed how long a pushed request is good (RFC 9126)
 * @param pushedOnly whether every request must be pushed
 * @param nonces whose DPoP proofs need a nonce
 */
public record Security(Duration pushed, boolean pushedOnly, NoncePolicy nonces) {}

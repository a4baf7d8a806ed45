package org.latchkey.oauth;

import java.time.Duration;
import org.latchkey.oauth.client.ClientDemands;
import org.latchkey.oauth.dpop.NoncePolicy;

/**
 * How much the operator demands of requests, beyond what every client has to do.
 *
 * @param pushed how long a pushed request is good (RFC 9126)
 * @param pushedOnly whether every request must be pushed
 * @param signedOnly whether every request must be in a signed request object (RFC 9101)
 * @param requestUris whether request objects are fetched from where clients keep them
 * @param nonces whose DPoP proofs need a nonce
 * @param boundOnly whether all tokens must be bound to a key or a certificate
 * @param rotates whether each refresh token is good once and replaced
 * @param clients what is demanded of how clients prove who they are
 */
public record Security(
        Duration pushed,
        boolean pushedOnly,
        boolean signedOnly,
        boolean requestUris,
        NoncePolicy nonces,
        boolean boundOnly,
        boolean rotates,
        ClientDemands clients) {}

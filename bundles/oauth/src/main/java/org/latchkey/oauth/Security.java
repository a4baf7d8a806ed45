package org.latchkey.oauth;

import java.time.Duration;

/**
 * How much the operator demands of requests, beyond what every client has to do.
 *
 * @param pushed how long a pushed request is good (RFC 9126)
 * @param pushedOnly whether every request must be pushed
 */
public record Security(Duration pushed, boolean pushedOnly) {}

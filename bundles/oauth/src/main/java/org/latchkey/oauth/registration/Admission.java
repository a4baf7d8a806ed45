package org.latchkey.oauth.registration;

/** Who may register a client. */
public enum Admission {
    /** Whoever has an initial access token of an operator (RFC 7591, 3). */
    INITIAL_TOKEN,
    /** Anybody. */
    OPEN
}

package org.latchkey.oauth.key;

/** Where a key stands in its life, which it goes through in this order. */
enum KeyState {
    /** Published, so that everybody knows it before it signs. */
    NEXT,
    /** Signs. One for each algorithm. */
    CURRENT,
    /** Verifies what it signed, until all of that has expired. */
    RETIRED
}

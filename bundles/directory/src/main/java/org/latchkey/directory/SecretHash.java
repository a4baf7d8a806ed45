package org.latchkey.directory;

/**
 * A hashed secret as it is stored, in the PHC string format. Taken apart only by who has a secret to compare
 * with it: most readers of an account have none.
 *
 * @param text for the store alone
 */
record SecretHash(String text) {

    Phc phc() {
        return Phc.parse(text).orElseThrow(() -> new IllegalStateException("A stored hash is damaged"));
    }

    /** Shows nothing: a hash must never be printed. */
    @Override
    public String toString() {
        return "SecretHash[]";
    }
}

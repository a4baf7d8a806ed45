package org.latchkey.auth.gate;

import java.util.regex.Pattern;

/**
 * What Gate is not asked about. Gate knows people by e-mail address; somebody else's name is nothing to it, and neither is
 * the secret they typed: a password of this server's directory must not travel to another system because its owner
 * mistyped it. Only ASCII, so that two names that look different never become one in lower case.
 */
final class Plausible {

    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_TOKEN = 1024;
    private static final Pattern EMAIL = Pattern.compile("[!-?A-~]+@[A-Za-z0-9.-]+");

    private Plausible() {}

    /** Whether somebody in Gate can be called so. */
    static boolean isEmail(String id) {
        return id.length() <= LONGEST_EMAIL && EMAIL.matcher(id).matches();
    }

    /** Whether it can be a token: printable ASCII without blanks, so that it fits into a header as into a URL. */
    static boolean isToken(char[] secret) {
        for (char each : secret) {
            if (each <= ' ' || each >= 0x7f) {
                return false;
            }
        }
        return secret.length > 0 && secret.length <= LONGEST_TOKEN;
    }
}

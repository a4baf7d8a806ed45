package org.latchkey.notify.mail;

import java.util.regex.Pattern;

/**
 * Which texts are addresses: ASCII, a local part without quotes and a domain with a dot in it, or localhost. Less than RFC 5321 has,
 * so that nothing that means something to a mail server or a header can be in one.
 */
final class Addresses {

    private static final int LONGEST = 254;
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`~-]+)*@(?:" + LABEL + "(?:\\."
                    + LABEL + ")+|localhost)");

    private Addresses() {}

    static boolean isOne(String text) {
        return text.length() <= LONGEST
                && text.indexOf('@') <= 64
                && ADDRESS.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if it is none */
    static String of(String setting, String text) {
        if (!isOne(text.strip())) {
            throw new IllegalArgumentException(setting + " must be an address, such as latchkey@example.org");
        }
        return text.strip();
    }
}

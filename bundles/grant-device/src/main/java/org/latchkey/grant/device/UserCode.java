package org.latchkey.grant.device;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people copy from the device (RFC 8628, 6.1): eight letters of twenty, without vowels, so that they are no word, and
 * without those that are easily taken for others. About 34 bits of chance.
 *
 * @param letters in upper case, without a hyphen
 */
record UserCode(String letters) {

    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int LENGTH = 8;
    private static final int LONGEST_INPUT = 64;
    private static final Pattern FORM = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final Pattern NO_LETTER = Pattern.compile("[^A-Z]");
    private static final SecureRandom RANDOM = new SecureRandom();

    static UserCode random() {
        StringBuilder letters = new StringBuilder();
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(index -> letters.append(ALPHABET.charAt(index)));
        return new UserCode(letters.toString());
    }

    /** What somebody typed, in any case and with anything between the letters; nothing if it cannot be a code. */
    static Optional<UserCode> of(String typed) {
        if (typed.length() > LONGEST_INPUT) {
            return Optional.empty();
        }
        String letters = NO_LETTER.matcher(typed.toUpperCase(Locale.ROOT)).replaceAll("");
        return FORM.matcher(letters).matches() ? Optional.of(new UserCode(letters)) : Optional.empty();
    }

    /** As it is shown. */
    String shown() {
        return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
    }
}

package org.latchkey.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** A number used once by one page, made when it is asked for (CSP 3, 7.1). */
final class Nonce {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Optional<String> value = Optional.empty();

    synchronized String get() {
        if (value.isEmpty()) {
            byte[] bytes = new byte[16];
            RANDOM.nextBytes(bytes);
            value = Optional.of(HexFormat.of().formatHex(bytes));
        }
        return value.get();
    }

    /** What it is, if anybody asked for it. */
    synchronized Optional<String> ifMade() {
        return value;
    }
}

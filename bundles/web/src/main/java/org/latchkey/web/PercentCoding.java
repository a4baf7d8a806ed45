package org.latchkey.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-decoding (RFC 3986, 2.1) that guesses nothing: what is not clean UTF-8 is no text at all. */
final class PercentCoding {

    private PercentCoding() {}

    /** The text that was encoded, or nothing for a broken escape, overlong UTF-8, or a raw character outside ASCII. */
    static Optional<String> decode(String raw) {
        if (isPlain(raw)) {
            return Optional.of(raw);
        }
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int at = 0; at < raw.length(); at++) {
            char each = raw.charAt(at);
            if (each > 0x7e) {
                return Optional.empty();
            }
            if (each != '%') {
                bytes.put((byte) each);
                continue;
            }
            int octet = octet(raw, at + 1);
            if (octet < 0) {
                return Optional.empty();
            }
            bytes.put((byte) octet);
            at += 2;
        }
        return utf8(bytes.flip());
    }

    /** Whether nothing in it stands for something else. */
    private static boolean isPlain(String raw) {
        for (int at = 0; at < raw.length(); at++) {
            char each = raw.charAt(at);
            if (each > 0x7e || each == '%') {
                return false;
            }
        }
        return true;
    }

    private static int octet(String raw, int at) {
        if (at + 2 > raw.length()) {
            return -1;
        }
        int high = Character.digit(raw.charAt(at), 16);
        int low = Character.digit(raw.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}

package org.latchkey.scheme.totp;

/** Base32 (RFC 4648, 6) without padding, as apps take keys. */
final class Base32 {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Base32() {}

    static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (byte each : bytes) {
            bits = bits << 8 | each & 0xff;
            count += 8;
            while (count >= 5) {
                count -= 5;
                text.append(LETTERS.charAt(bits >> count & 31));
            }
            bits &= (1 << count) - 1;
        }
        if (count > 0) {
            text.append(LETTERS.charAt(bits << 5 - count & 31));
        }
        return text.toString();
    }
}

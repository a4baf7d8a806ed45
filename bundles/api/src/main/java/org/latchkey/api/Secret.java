package org.latchkey.api;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * A plaintext secret on its way through the server: characters that are wiped on {@link #close()} and
 * never printed. Normalised to NFC, so that the same secret typed on two keyboards is the same
 * (NIST SP 800-63B-4, 3.1.1.2). Whoever creates it closes it; a plugin must not keep it.
 */
public final class Secret implements AutoCloseable {

    private final char[] chars;

    private Secret(char[] chars) {
        this.chars = chars;
    }

    /** Takes the characters and leaves the given array wiped. */
    public static Secret of(char[] plaintext) {
        CharBuffer given = CharBuffer.wrap(plaintext);
        char[] kept = Normalizer.isNormalized(given, Normalizer.Form.NFC)
                ? plaintext.clone()
                : Normalizer.normalize(given, Normalizer.Form.NFC).toCharArray();
        Arrays.fill(plaintext, '\0');
        return new Secret(kept);
    }

    /** A second secret with the same characters and a life of its own. */
    public Secret copy() {
        return new Secret(chars.clone());
    }

    /** Its length in Unicode code points; 0 once closed or when empty. */
    public int length() {
        return Character.codePointCount(chars, 0, isWiped() ? 0 : chars.length);
    }

    /** A copy of the characters; the caller wipes it. */
    public char[] chars() {
        return chars.clone();
    }

    /** A copy of the characters as UTF-8; the caller wipes it. */
    public byte[] utf8() {
        var buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    private boolean isWiped() {
        for (char each : chars) {
            if (each != '\0') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        Arrays.fill(chars, '\0');
    }

    @Override
    public String toString() {
        return "Secret[]";
    }
}

package org.latchkey.store.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.latchkey.api.Refusal;

/** Text as its UTF-8 bytes, whose order is that of the code points; never two texts as the same bytes. */
final class Utf8 {

    private Utf8() {}

    /** Refuses what is not well-formed Unicode: an encoder would turn it into a question mark. */
    static byte[] of(String text) {
        refuseLoneSurrogates(text);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What is greater than everything that starts with these bytes: no UTF-8 has a byte 0xFF. */
    static byte[] afterAllWith(byte[] prefix) {
        byte[] end = Arrays.copyOf(prefix, prefix.length + 1);
        end[prefix.length] = (byte) 0xFF;
        return end;
    }

    static void refuseLoneSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int point = text.codePointAt(i);
                if (!Character.isSupplementaryCodePoint(point)) {
                    throw Refusal.invalid("", "The text is not well-formed Unicode.");
                }
                i++;
            }
        }
    }
}

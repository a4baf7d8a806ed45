package org.latchkey.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;

/** What names and values may look like. Each method is named for what it refuses. */
final class Grammar {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_@+-]|\\.(?!\\.)){0,127}");
    static final int META_LENGTH = 1024;
    private static final int KEY_LENGTH = 128;
    private static final int VALUE_LENGTH = 4096;
    private static final int VALUES = 64;
    private static final int KEYS = 256;
    private static final int KV_LENGTH = 64 << 10;
    private static final Pattern KEY_TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
    private static final int KEY_TYPES = 16;
    private static final int KEY_TEXT_LENGTH = 16 << 10;
    private static final int SECRET_BYTES = 1024;

    private Grammar() {}

    static void refuseMalformedName(String pointer, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid(
                    pointer,
                    "A name is 1 to 128 of A-Z a-z 0-9 . _ @ + - and begins with a letter or digit, without two dots in a row.");
        }
    }

    static void refuseMalformedNumber(long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw Refusal.invalid("/number", "A number is 1 to 2147483647.");
        }
    }

    static void refuseMalformedMeta(Map<MetaField, String> meta) {
        meta.forEach((field, value) -> refuseMalformedText("/meta/" + field.key(), value, META_LENGTH));
    }

    static void refuseMalformedText(String pointer, String value, int length) {
        if (value.length() > length) {
            throw Refusal.invalid(pointer, "It is longer than " + length + " characters.");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(pointer, "It has control characters.");
        }
    }

    static void refuseMalformedKv(Map<String, List<String>> kv) {
        long length = 0;
        for (Map.Entry<String, List<String>> entry : kv.entrySet()) {
            refuseMalformedKey(entry.getKey());
            if (entry.getValue().size() > VALUES) {
                throw Refusal.invalid("/kv", "A key has more than " + VALUES + " values.");
            }
            for (String value : entry.getValue()) {
                refuseMalformedText("/kv/" + pointed(entry.getKey()), value, VALUE_LENGTH);
                length += value.length();
            }
            length += entry.getKey().length();
        }
        if (kv.size() > KEYS || length > KV_LENGTH) {
            throw Refusal.invalid("/kv", "KV is larger than " + KEYS + " keys or " + KV_LENGTH + " characters.");
        }
    }

    /** A type is a short word, such as SSH or PGP; a key is text on one line. */
    static void refuseMalformedKeys(Map<String, List<String>> keys) {
        long length = 0;
        for (Map.Entry<String, List<String>> ofType : keys.entrySet()) {
            if (!KEY_TYPE.matcher(ofType.getKey()).matches()) {
                throw Refusal.invalid("/type", "A type of key is 1 to 32 of A-Z a-z 0-9 . _ -.");
            }
            if (ofType.getValue().size() > VALUES) {
                throw Refusal.invalid("/key", "There are more than " + VALUES + " keys of this type.");
            }
            for (String key : ofType.getValue()) {
                if (key.isBlank()) {
                    throw Refusal.invalid("/key", "A key is empty.");
                }
                refuseMalformedText("/key", key, KEY_TEXT_LENGTH);
                length += key.length();
            }
        }
        if (keys.size() > KEY_TYPES || length > KV_LENGTH) {
            throw Refusal.invalid(
                    "/key", "Keys are more than " + KEY_TYPES + " types or " + KV_LENGTH + " characters.");
        }
    }

    private static void refuseMalformedKey(String key) {
        if (key.isEmpty()) {
            throw Refusal.invalid("/kv", "A key is empty.");
        }
        refuseMalformedText("/kv", key, KEY_LENGTH);
    }

    /** An empty secret could be guessed by anybody, and an endless one would be hashed at the server's cost. */
    static void refuseUnusableSecret(Secret secret) {
        if (secret.length() == 0) {
            throw Refusal.invalid("/secret", "A secret is not empty.");
        }
        if (isTooLong(secret)) {
            throw Refusal.invalid("/secret", "A secret is at most " + SECRET_BYTES + " bytes.");
        }
    }

    static boolean isTooLong(Secret secret) {
        byte[] bytes = secret.utf8();
        Arrays.fill(bytes, (byte) 0);
        return bytes.length > SECRET_BYTES;
    }

    private static String pointed(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}

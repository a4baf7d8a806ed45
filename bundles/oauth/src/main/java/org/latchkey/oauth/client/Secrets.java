package org.latchkey.oauth.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * Secrets that the server makes: 256 bits of chance, so a fast hash is all they need (NIST SP 800-63B-4, 3.1.2 asks for a
 * slow one below 112 bits). Kept is base64url of the SHA-256.
 */
public final class Secrets {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String NOBODYS = hash("nobody's");

    private Secrets() {}

    /** A new one, as 43 characters of base64url. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return base64url(bytes);
    }

    /** What is kept of one. */
    public static String hash(String secret) {
        return base64url(sha256(secret));
    }

    /** Whether it is one of those that were hashed. How long it takes tells nothing but how many there are. */
    public static boolean matches(Collection<String> hashes, String given) {
        byte[] hash = hash(given).getBytes(StandardCharsets.US_ASCII);
        boolean matches = false;
        for (String each : hashes) {
            matches |= MessageDigest.isEqual(each.getBytes(StandardCharsets.UTF_8), hash);
        }
        return matches;
    }

    /** As {@link #matches} with one secret that is not it: for where there is none to compare with. */
    static void compareWithNone(String given) {
        matches(List.of(NOBODYS), given);
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}

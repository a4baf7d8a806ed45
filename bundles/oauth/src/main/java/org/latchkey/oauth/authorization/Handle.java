package org.latchkey.oauth.authorization;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A code or a refresh token: the id of an authorization and a secret. Who knows the id has seen a real one: only its hash is
 * kept, and named elsewhere.
 *
 * @param id 128 random bits in base64url
 * @param secret 256 random bits in base64url
 */
record Handle(String id, String secret) {

    private static final int ID = 22;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{65}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static Handle fresh() {
        return new Handle(random(16), random(32));
    }

    /** Another secret for the same authorization. */
    Handle next() {
        return new Handle(id, random(32));
    }

    static Optional<Handle> of(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new Handle(text.substring(0, ID), text.substring(ID)))
                : Optional.empty();
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Under which the authorization is kept. */
    String key() {
        return hash(id);
    }

    boolean matches(String secretHash) {
        return MessageDigest.isEqual(
                hash(secret).getBytes(StandardCharsets.US_ASCII), secretHash.getBytes(StandardCharsets.US_ASCII));
    }

    String secretHash() {
        return hash(secret);
    }

    /** As it goes over the wire. */
    String text() {
        return id + secret;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "Handle[key=" + key() + "]";
    }
}

package org.latchkey.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key of AES-GCM (NIST SP 800-38D) with 256 bits, and the name by which what it sealed says so. */
final class SealKey {

    static final int BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int NAME_BYTES = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private final String name;

    private SealKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        this.name = name(key);
    }

    /** @throws IllegalArgumentException if these are not 32 bytes in base64; says nothing of them */
    static SealKey parse(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException noBase64) {
            throw unusable();
        }
        if (key.length != BYTES) {
            throw unusable();
        }
        return new SealKey(key);
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "A key that seals is 32 bytes in base64, as of \"openssl rand -base64 32\".");
    }

    /** Tells keys apart, and tells nothing of them. */
    private static String name(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("latchkey sealing ".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key), 0, NAME_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("There is no SHA-256", impossible);
        }
    }

    String name() {
        return name;
    }

    /** Nonce and sealed bytes. */
    byte[] seal(String place, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, place, nonce).doFinal(secret);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES cannot be used", impossible);
        }
    }

    /** @throws GeneralSecurityException if this key did not seal it for this place */
    byte[] open(String place, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        return cipher(Cipher.DECRYPT_MODE, place, Arrays.copyOf(sealed, NONCE_BYTES))
                .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, String place, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "SealKey[" + name + "]";
    }
}

package org.latchkey.tickets.sql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of ids. A ticket is found by the hash of its id. Whoever holds a ticket must come to know which one granted
 * it, but whoever reads the database must not: so the id of the parent is encrypted with a key made of the ticket's own
 * id, which is not there. An id has at least 128 bits of chance, and so needs no slow hash.
 */
final class SealedId {

    private static final String PURPOSE = "latchkey cas ticket parent\n";
    private static final String CIPHER = "AES/GCM/NoPadding";

    /** A key is used for one text alone, so it needs no other nonce. */
    private static final GCMParameterSpec ONCE = new GCMParameterSpec(128, new byte[12]);

    private SealedId() {}

    /** What a ticket is kept under: SHA-256 of its id, in hex. */
    static String hash(String id) {
        return HexFormat.of().formatHex(sha256(id));
    }

    /** The id of a parent, to be read by whoever knows the id of its child. */
    static String seal(String parent, String child) {
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, child).doFinal(parent.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES cannot be used", impossible);
        }
    }

    /**
     * The id of the parent.
     *
     * @throws IllegalStateException if it was not sealed for this child
     */
    static String open(String sealed, String child) {
        try {
            byte[] parent = cipher(Cipher.DECRYPT_MODE, child)
                    .doFinal(Base64.getDecoder().decode(sealed));
            return new String(parent, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException tampered) {
            throw new IllegalStateException("The stored ticket was tampered with", tampered);
        }
    }

    private static Cipher cipher(int mode, String child) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(sha256(PURPOSE + child), "AES"), ONCE);
        return cipher;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}

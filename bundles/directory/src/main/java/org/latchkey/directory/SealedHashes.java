package org.latchkey.directory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;

/**
 * Hashes on their way from one server to another: each sealed with AES-256-GCM (NIST SP 800-38D) and bound to its
 * entity, under a key that Argon2id (RFC 9106) makes of a passphrase. A sealed hash is base64 of the salt of the key,
 * the nonce and the ciphertext; an export has one salt, so that the key is made once.
 */
final class SealedHashes {

    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final int MEMORY_KIB = 64 << 10;
    private static final int ITERATIONS = 3;
    private static final int MOST_SALTS = 16;

    private final SecureRandom random = new SecureRandom();
    private final Optional<Secret> passphrase;
    private byte[] salt = new byte[0];
    private SecretKey key = new SecretKeySpec(new byte[KEY_BYTES], "AES");
    private int salts;

    SealedHashes(Optional<Secret> passphrase) {
        this.passphrase = passphrase;
    }

    /** Whether there is a passphrase to seal with. */
    boolean canSeal() {
        return passphrase.isPresent();
    }

    String seal(String id, String hash) {
        if (salt.length == 0) {
            byte[] fresh = new byte[SALT_BYTES];
            random.nextBytes(fresh);
            use(fresh);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, id, nonce, hash.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("AES-GCM does not work"));
        byte[] all = ByteBuffer.allocate(SALT_BYTES + NONCE_BYTES + sealed.length)
                .put(salt)
                .put(nonce)
                .put(sealed)
                .array();
        return Base64.getEncoder().encodeToString(all);
    }

    /** The hash; refused (INVALID) without the right passphrase, or if it was sealed for somebody else. */
    String open(String id, String text) {
        byte[] all = bytes(text);
        byte[] itsSalt = Arrays.copyOf(all, SALT_BYTES);
        if (!Arrays.equals(salt, itsSalt)) {
            if (++salts > MOST_SALTS) {
                throw refusal("Too many exports are mixed in one import.");
            }
            use(itsSalt);
        }
        byte[] nonce = Arrays.copyOfRange(all, SALT_BYTES, SALT_BYTES + NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(all, SALT_BYTES + NONCE_BYTES, all.length);
        return run(Cipher.DECRYPT_MODE, id, nonce, sealed)
                .map(hash -> new String(hash, StandardCharsets.UTF_8))
                .orElseThrow(() -> refusal("The passphrase is another one, or the hash belongs to somebody else."));
    }

    private static byte[] bytes(String text) {
        try {
            byte[] all = Base64.getDecoder().decode(text);
            if (all.length > SALT_BYTES + NONCE_BYTES) {
                return all;
            }
        } catch (IllegalArgumentException malformed) {
            throw refusal("It is not base64.");
        }
        throw refusal("It is too short.");
    }

    /** Nothing if the tag is not right. */
    private Optional<byte[]> run(int mode, String id, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException wrong) {
            return Optional.empty();
        }
    }

    private void use(byte[] itsSalt) {
        Secret from = passphrase.orElseThrow(() -> refusal("Hashes are sealed; say the passphrase."));
        byte[] plaintext = from.utf8();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withMemoryAsKB(MEMORY_KIB)
                    .withIterations(ITERATIONS)
                    .withParallelism(1)
                    .withSalt(itsSalt)
                    .build());
            byte[] made = new byte[KEY_BYTES];
            generator.generateBytes(plaintext, made);
            key = new SecretKeySpec(made, "AES");
            salt = itsSalt;
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static Refusal refusal(String why) {
        return Refusal.invalid("/secret_sealed", why);
    }
}

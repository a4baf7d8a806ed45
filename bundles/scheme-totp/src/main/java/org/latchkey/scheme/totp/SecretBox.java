package org.latchkey.scheme.totp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.latchkey.api.service.PluginState;

/**
 * Seals secrets, each for its place: AES-GCM with 256 bits. The key is made when it is first needed and lies in the plugin's
 * state, apart from them: a log or a copy of accounts tells no secret. Who reads the whole database learns them, as with every
 * server that has to know the secrets of one-time passwords.
 */
final class SecretBox {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String KEY = "key";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PluginState state;

    SecretBox(PluginState state) {
        this.state = state;
    }

    String seal(String place, byte[] secret) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, place, nonce).doFinal(secret);
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES cannot be used", impossible);
        }
    }

    /** @throws IllegalStateException if it was not sealed for this place with this key */
    byte[] open(String place, String sealed) {
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed);
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, place, nonce).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException tampered) {
            throw new IllegalStateException("A sealed secret cannot be opened", tampered);
        }
    }

    private Cipher cipher(int mode, String place, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] key() {
        String key = state.get(KEY)
                .or(() -> state.update(
                        KEY,
                        before -> before.isPresent()
                                ? before
                                : Optional.of(Base64.getEncoder().encodeToString(random(KEY_BYTES)))))
                .orElseThrow(() -> new IllegalStateException("The key is not there"));
        return Base64.getDecoder().decode(key);
    }

    static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

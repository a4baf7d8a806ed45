package org.latchkey.oauth.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.Json;

/**
 * Seals the secrets of the clients that sign with them ({@code client_secret_jwt}, HS256), where a hash is not enough: AES-GCM
 * with 256 bits. The key of an instance is in the store, apart from the clients and made when it is first needed: a copy of
 * the clients alone, such as an export or a log of them, tells no secret. Who reads the whole database learns these
 * secrets, which is why those of all other clients are kept as hashes only.
 */
final class SecretBox {

    static final String KEY_KIND = "oauth.key";

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;

    SecretBox(Store store) {
        this.store = store;
    }

    /** The sealed form, which can be opened for this client alone. */
    String seal(String instance, String client, String secret) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, instance, client, nonce)
                    .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES cannot be used", impossible);
        }
    }

    /** @throws IllegalStateException if it was not sealed for this client with the key of now */
    String open(String instance, String client, String sealed) {
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed);
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            byte[] secret = cipher(Cipher.DECRYPT_MODE, instance, client, nonce)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException tampered) {
            throw new IllegalStateException("The sealed secret of the client cannot be opened", tampered);
        }
    }

    private Cipher cipher(int mode, String instance, String client, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key(instance), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((instance + "/" + client).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] key(String instance) {
        String place = instance + "/secrets";
        return stored(place).orElseGet(() -> made(place));
    }

    private byte[] made(String place) {
        byte[] key = random(KEY_BYTES);
        String body = Json.text(Map.of("aes", Base64.getEncoder().encodeToString(key)));
        try {
            store.commit(List.of(new Write.Put(new Item(KEY_KIND, place, 0, body, List.of()))));
            return key;
        } catch (Store.Conflict faster) {
            return stored(place).orElseThrow(() -> new IllegalStateException("The key is not there", faster));
        }
    }

    private Optional<byte[]> stored(String place) {
        return store.get(KEY_KIND, place)
                .flatMap(item -> Json.object(item.body()))
                .map(json -> Base64.getDecoder().decode(String.valueOf(json.get("aes"))));
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

package org.latchkey.oauth.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * Seals what a browser carries and brings back: it can be read but not changed (HMAC-SHA256, RFC 2104). The secret lies
 * in the store, so every node opens what another sealed. A seal says nothing of time, of whom it was given to, or of
 * whether it was opened before: that belongs into the content.
 */
public final class Seal {

    /** Of what is sealed, and of what is opened, in characters. */
    public static final int MOST_CHARS = 65_536;

    private static final String MAC = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final Store store;
    private final String key;
    private final byte[] purpose;
    private volatile Optional<SecretKeySpec> secret = Optional.empty();

    /**
     * Reads and makes nothing yet.
     *
     * @param instance whose secret: the mount of the server
     * @param purpose what is sealed for one purpose does not open for another, such as {@code login}
     */
    public Seal(Store store, String instance, String purpose) {
        this.store = store;
        this.key = key(SigningKeys.requireInstance(instance));
        this.purpose = purpose.getBytes(StandardCharsets.UTF_8);
    }

    static String key(String instance) {
        return instance + "/seal";
    }

    /**
     * The content and its seal, both in base64url, with a dot between.
     *
     * @throws IllegalArgumentException if that would be longer than {@link #MOST_CHARS}
     */
    public String seal(byte[] content) {
        String sealed = URL.encodeToString(content) + "." + URL.encodeToString(mac(content));
        if (sealed.length() > MOST_CHARS) {
            throw new IllegalArgumentException("That is too long to be sealed");
        }
        return sealed;
    }

    /** The content, if it was sealed here for the same purpose; takes as long whichever byte is wrong. */
    public Optional<byte[]> open(String sealed) {
        int dot = sealed.indexOf('.');
        if (sealed.length() > MOST_CHARS || dot < 0) {
            return Optional.empty();
        }
        try {
            byte[] content = Base64.getUrlDecoder().decode(sealed.substring(0, dot));
            byte[] claimed = sealed.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
            // In its written form, of which there is one only.
            byte[] good = URL.encode(mac(content));
            return MessageDigest.isEqual(good, claimed) ? Optional.of(content) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private byte[] mac(byte[] content) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(forPurpose());
            return mac.doFinal(content);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException("There is no " + MAC, everyPlatformHasIt);
        }
    }

    private SecretKeySpec forPurpose() throws GeneralSecurityException {
        Optional<SecretKeySpec> known = secret;
        if (known.isPresent()) {
            return known.get();
        }
        Mac mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec(stored(), MAC));
        SecretKeySpec derived = new SecretKeySpec(mac.doFinal(purpose), MAC);
        secret = Optional.of(derived);
        return derived;
    }

    /** That of whoever was first. */
    private byte[] stored() {
        Optional<Item> found = store.get(StoredKey.KIND, key);
        if (found.isPresent()) {
            return read(found.get());
        }
        byte[] fresh = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(fresh);
        String body = Json.text(Map.of("secret", URL.encodeToString(fresh)));
        try {
            store.commit(List.of(new Write.Put(new Item(StoredKey.KIND, key, 0, body, List.of()))));
            return fresh;
        } catch (Store.Conflict anotherNode) {
            return read(store.get(StoredKey.KIND, key)
                    .orElseThrow(() -> new IllegalStateException("The secret " + key + " appears and vanishes")));
        }
    }

    private static byte[] read(Item item) {
        try {
            if (Json.read(item.body()).get("secret") instanceof String text) {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                if (bytes.length == SECRET_BYTES) {
                    return bytes;
                }
            }
        } catch (ParseException | IllegalArgumentException quotesTheSecret) {
            throw new IllegalStateException("The secret " + item.key() + " is damaged");
        }
        throw new IllegalStateException("The secret " + item.key() + " is damaged");
    }
}

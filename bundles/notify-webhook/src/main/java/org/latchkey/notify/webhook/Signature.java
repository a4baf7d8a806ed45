package org.latchkey.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves who sent a message, and when (Standard Webhooks 1.0.0): HMAC-SHA256 over id, time and body. While a secret is
 * changed there are two signatures, and the receiver takes the one that it can check.
 */
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final List<SecretKeySpec> keys;

    private Signature(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * @param previous empty if there is none
     * @throws IllegalArgumentException that says what is wrong, and quotes nothing
     */
    static Signature of(String secret, String previous) {
        List<SecretKeySpec> keys = new ArrayList<>();
        keys.add(key(".secret", secret));
        if (!previous.isBlank()) {
            keys.add(key(".previousSecret", previous));
        }
        return new Signature(List.copyOf(keys));
    }

    private static SecretKeySpec key(String setting, String text) {
        byte[] bytes = new byte[0];
        if (text.strip().startsWith(PREFIX)) {
            bytes = decoded(setting, text.strip().substring(PREFIX.length()));
        }
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(setting + " must be " + PREFIX + " and " + LEAST_BYTES + " to "
                    + MOST_BYTES + " bytes in Base64, such as: echo whsec_$(openssl rand -base64 32)");
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private static byte[] decoded(String setting, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(setting + " is not Base64 after " + PREFIX);
        }
    }

    /** The value of {@code webhook-signature}. */
    String of(String id, long seconds, String body) {
        byte[] signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(mac(key, signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] mac(SecretKeySpec key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "Signature[" + keys.size() + "]";
    }
}

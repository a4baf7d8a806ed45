package org.latchkey.oauth.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Claims of tokens whose signature was found good, by the token's hash: the token itself is not kept. */
final class VerifiedTokens {

    /** In characters of tokens, which is about what their claims take. */
    private static final long MOST_CHARS = 4_000_000;

    private final Cache<String, Verified> tokens = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARS)
            .weigher((String hash, Verified verified) -> verified.weight())
            .executor(Runnable::run)
            .build();

    /** Who signed, as what, and what was signed. */
    record Verified(String kid, String type, Map<String, Object> claims, int weight) {

        @Override
        public String toString() {
            return "Verified[" + kid + " " + type + "]";
        }
    }

    /** What stands for the token (SHA-256). */
    static String hash(String compact) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha256.digest(compact.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    Optional<Verified> find(String hash) {
        return Optional.ofNullable(tokens.getIfPresent(hash));
    }

    void keep(String hash, Verified verified) {
        tokens.put(hash, verified);
    }

    void forgetAll() {
        tokens.invalidateAll();
    }
}

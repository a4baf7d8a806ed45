package org.latchkey.auth.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Good answers, for a while: so long somebody whom Gate has locked out since still comes in, which is why it is off unless it
 * is wanted. Tokens are not kept, only salted hashes of them. No is never remembered.
 */
final class Remembered {

    private static final int MOST = 10_000;
    private static final int SALT = 16;

    private final byte[] salt = new byte[SALT];
    private final Cache<String, Profile> profiles;

    /** @param time zero to remember nothing */
    Remembered(Duration time, Ticker ticker) {
        new SecureRandom().nextBytes(salt);
        this.profiles = Caffeine.newBuilder()
                .maximumSize(time.isZero() ? 0 : MOST)
                .expireAfterWrite(time)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    Optional<Profile> of(String email, String token) {
        return Optional.ofNullable(profiles.getIfPresent(key(email, token)));
    }

    void put(String email, String token, Profile profile) {
        profiles.put(key(email, token), profile);
    }

    /** Neither an e-mail address nor a token has a blank in it. */
    private String key(String email, String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update((Profile.lower(email) + " " + token).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package org.latchkey.oauth.logout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * {@code session_state} (OpenID Connect Session Management 1.0, 2 and 3.2): by which the frame of {@link CheckSession} tells
 * a client whether the session is still the one of its answer. The same is computed there, in a script.
 */
final class SessionState {

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SessionState() {}

    /** One with a salt of its own. */
    static String of(String client, String origin, String browserState) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return of(client, origin, browserState, HexFormat.of().formatHex(salt));
    }

    /**
     * @param origin of the client's page, as browsers write it
     * @param browserState of the session, see {@link org.latchkey.api.service.SignIn#browserState}
     */
    static String of(String client, String origin, String browserState, String salt) {
        String text = client + " " + origin + " " + browserState + " " + salt;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest) + "." + salt;
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}

package org.latchkey.scheme.totp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as all apps make them: HMAC-SHA-1, six digits, thirty seconds a step. SHA-1 is
 * broken for signatures, not for this (RFC 6194, 3.3), and many apps ignore a wish for another.
 */
final class OneTimePassword {

    static final int DIGITS = 6;

    private static final String MAC = "HmacSHA1";
    private static final long STEP_SECONDS = 30;

    /** How far the clock of the app may be off, in steps (RFC 6238, 5.2). */
    private static final int WINDOW = 1;

    private OneTimePassword() {}

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    /** RFC 4226, 5.3. */
    static String of(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return String.format("%06d", number % 1_000_000);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException("There is no " + MAC, everyPlatformHasIt);
        }
    }

    /** The step whose password it is, of those around now and after the last one that was used; looks at each of them. */
    static OptionalLong stepOf(byte[] secret, String password, Instant now, long last) {
        OptionalLong found = OptionalLong.empty();
        for (long step = step(now) - WINDOW; step <= step(now) + WINDOW; step++) {
            boolean isSame = MessageDigest.isEqual(
                    of(secret, step).getBytes(StandardCharsets.US_ASCII), password.getBytes(StandardCharsets.UTF_8));
            if (isSame && step > last) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }
}

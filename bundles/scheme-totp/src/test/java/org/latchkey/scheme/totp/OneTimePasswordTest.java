package org.latchkey.scheme.totp;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.junit.Test;

public class OneTimePasswordTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_111);

    /** RFC 6238, appendix B, as far as six digits go. */
    @Test
    public void itMakesTheValuesOfTheStandard() {
        long[] seconds = {59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000L};
        String[] passwords = {"287082", "081804", "050471", "005924", "279037", "353130"};
        for (int i = 0; i < seconds.length; i++) {
            long step = OneTimePassword.step(Instant.ofEpochSecond(seconds[i]));
            assertThat(OneTimePassword.of(SECRET, step)).isEqualTo(passwords[i]);
        }
    }

    @Test
    public void anotherLibraryMakesTheSame() throws InvalidKeyException {
        TimeBasedOneTimePasswordGenerator other = new TimeBasedOneTimePasswordGenerator();
        for (int i = 0; i < 200; i++) {
            byte[] secret = SecretBox.random(20);
            Instant at = NOW.plusSeconds(i * 7919L);
            assertThat(OneTimePassword.of(secret, OneTimePassword.step(at)))
                    .isEqualTo(other.generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), at));
        }
    }

    @Test
    public void L_09_aClockMayBeOneStepOffAndNotTwo() {
        long now = OneTimePassword.step(NOW);
        for (long step = now - 3; step <= now + 3; step++) {
            assertThat(OneTimePassword.stepOf(SECRET, OneTimePassword.of(SECRET, step), NOW, -1)
                            .isPresent())
                    .isEqualTo(Math.abs(step - now) <= 1);
        }
    }

    @Test
    public void L_09_aStepThatWasUsedAndAllBeforeItAreOver() {
        long now = OneTimePassword.step(NOW);
        String password = OneTimePassword.of(SECRET, now);
        assertThat(OneTimePassword.stepOf(SECRET, password, NOW, now - 1)).hasValue(now);
        assertThat(OneTimePassword.stepOf(SECRET, password, NOW, now)).isEmpty();
        assertThat(OneTimePassword.stepOf(SECRET, OneTimePassword.of(SECRET, now - 1), NOW, now))
                .isEmpty();
    }

    @Test
    public void whatIsNoPasswordIsNone() {
        for (String typed : new String[] {"", "05047", "0504711", "٠٥٠٤٧١", "abcdef"}) {
            assertThat(OneTimePassword.stepOf(SECRET, typed, NOW, -1)).as(typed).isEmpty();
        }
    }
}

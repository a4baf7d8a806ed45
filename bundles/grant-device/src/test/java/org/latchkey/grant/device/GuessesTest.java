package org.latchkey.grant.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.Race;

public class GuessesTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final AtomicInteger looks = new AtomicInteger();

    private Optional<String> wrong(Guesses guesses, String session, String address) {
        return guesses.look(session, address, () -> {
            looks.incrementAndGet();
            return Optional.empty();
        });
    }

    private void isStopped(Guesses guesses, String session, String address) {
        int before = looks.get();
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> wrong(guesses, session, address))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_MANY));
        assertThat(looks).hasValue(before);
    }

    @Test
    public void O_22_oneSessionTriesOutFew() {
        Guesses guesses = new Guesses(3, 100, 100, clock);
        for (int i = 0; i < 3; i++) {
            wrong(guesses, "s", "10.0.0." + i);
        }
        isStopped(guesses, "s", "10.0.0.9");
        wrong(guesses, "t", "10.0.0.9");
        clock.advance(Duration.ofMinutes(11));
        wrong(guesses, "s", "10.0.0.9");
    }

    @Test
    public void O_22_oneAddressTriesOutFewInHoweverManySessions() {
        Guesses guesses = new Guesses(100, 3, 100, clock);
        for (int i = 0; i < 3; i++) {
            wrong(guesses, "s" + i, "10.0.0.1");
        }
        isStopped(guesses, "s", "10.0.0.1");
        wrong(guesses, "s", "10.0.0.2");
    }

    @Test
    public void O_22_aNetworkOfIPv6IsOneAddress() {
        Guesses guesses = new Guesses(100, 2, 100, clock);
        wrong(guesses, "s", "2001:db8:0:1::1");
        wrong(guesses, "s", "2001:db8:0:1:ffff::2");
        isStopped(guesses, "s", "2001:db8:0:1:1:2:3:4");
        wrong(guesses, "s", "2001:db8:0:2::1");
    }

    @Test
    public void O_22_allTogetherTryOutFew() {
        Guesses guesses = new Guesses(100, 100, 3, clock);
        for (int i = 0; i < 3; i++) {
            wrong(guesses, "s" + i, "10.0.0." + i);
        }
        isStopped(guesses, "s", "10.0.0.9");
        clock.advance(Duration.ofSeconds(61));
        wrong(guesses, "s", "10.0.0.9");
    }

    @Test
    public void aRightCodeIsNoGuess() {
        Guesses guesses = new Guesses(1, 1, 1, clock);
        for (int i = 0; i < 10; i++) {
            assertThat(guesses.look("s", "10.0.0.1", () -> Optional.of("found")))
                    .contains("found");
        }
        wrong(guesses, "s", "10.0.0.1");
        isStopped(guesses, "s", "10.0.0.1");
    }

    @Test
    public void O_22_aBurstFindsNoMoreThanOneAfterTheOther() throws Exception {
        Guesses guesses = new Guesses(10, 1000, 1000, clock);
        Race.of(50, lane -> {
            try {
                return wrong(guesses, "s", "10.0.0.1").isPresent();
            } catch (Refusal stopped) {
                return false;
            }
        });
        assertThat(looks).hasValue(10);
    }
}

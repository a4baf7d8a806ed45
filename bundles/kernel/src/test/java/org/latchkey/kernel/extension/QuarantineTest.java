package org.latchkey.kernel.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class QuarantineTest {

    private final List<String> changes = new ArrayList<>();

    private Quarantine quarantine(long pauseMillis) {
        return new Quarantine(() -> TimeUnit.MILLISECONDS.toNanos(pauseMillis), changes::add);
    }

    @Test
    public void fiveFailuresInARowAreTooMany() {
        Quarantine quarantine = quarantine(60_000);
        for (int i = 0; i < 4; i++) {
            quarantine.failed("threw Oops");
            assertThat(quarantine.admits()).isTrue();
        }
        quarantine.failed("threw Oops");
        assertThat(quarantine.isShut()).isTrue();
        assertThat(quarantine.admits()).isFalse();
        assertThat(quarantine.reason()).isEqualTo("5 of its last 5 calls failed; the last one threw Oops");
        assertThat(changes).containsExactly(quarantine.reason());
    }

    @Test
    public void fewerThanHalfOfTheLastTwentyAreNot() {
        Quarantine quarantine = quarantine(60_000);
        for (int i = 0; i < 100; i++) {
            if (i % 3 == 0) {
                quarantine.failed("threw");
            } else {
                quarantine.succeeded();
            }
        }
        assertThat(quarantine.isShut()).isFalse();
        assertThat(changes).isEmpty();
    }

    @Test
    public void tenLateCallsInARowAreTooManyAndOneInTimeStartsTheCountAnew() {
        Quarantine quarantine = quarantine(60_000);
        for (int i = 0; i < 9; i++) {
            quarantine.late();
        }
        quarantine.succeeded();
        for (int i = 0; i < 9; i++) {
            quarantine.late();
        }
        assertThat(quarantine.isShut()).isFalse();
        quarantine.late();
        assertThat(quarantine.isShut()).isTrue();
        assertThat(quarantine.reason()).isEqualTo("it did not answer in time, 10 times in a row");
    }

    @Test
    public void afterItsTimeOneCallIsLetThroughAndDecides() throws InterruptedException {
        Quarantine quarantine = quarantine(30);
        quarantine.impose("slow");
        assertThat(quarantine.admits()).isFalse();
        awaitOpenFor(quarantine);
        assertThat(quarantine.admits()).as("the call on trial").isTrue();
        assertThat(quarantine.admits()).as("another one").isFalse();
        quarantine.failed("threw");
        assertThat(quarantine.isShut()).isTrue();
        awaitOpenFor(quarantine);
        assertThat(quarantine.admits()).isTrue();
        quarantine.succeeded();
        assertThat(quarantine.admits()).isTrue();
        assertThat(quarantine.reason()).isEmpty();
        assertThat(changes).containsExactly("slow", "");
    }

    @Test
    public void byHandItLastsUntilReleasedByHand() throws InterruptedException {
        Quarantine quarantine = quarantine(1);
        quarantine.imposeByHand("a drill");
        Thread.sleep(20);
        assertThat(quarantine.admits()).isFalse();
        quarantine.succeeded();
        assertThat(quarantine.isShut()).isTrue();
        quarantine.release();
        assertThat(quarantine.admits()).isTrue();
        assertThat(changes).containsExactly("a drill", "");
    }

    private static void awaitOpenFor(Quarantine quarantine) throws InterruptedException {
        for (int i = 0; i < 1000 && quarantine.isShut(); i++) {
            Thread.sleep(5);
        }
        assertThat(quarantine.isShut()).isFalse();
    }
}

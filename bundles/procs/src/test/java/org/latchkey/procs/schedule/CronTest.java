package org.latchkey.procs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** Subtlety 43: five fields, in a time zone that is said. */
public class CronTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> firings(String cron, ZoneId zone, String from, int count) {
        Cron parsed = Cron.parse(cron, zone);
        List<String> firings = new ArrayList<>();
        Optional<Instant> next = parsed.after(Instant.parse(from));
        while (next.isPresent() && firings.size() < count) {
            firings.add(next.get().toString());
            next = parsed.after(next.get());
        }
        return firings;
    }

    @Test
    public void firesAtItsTimesOfTheZone() {
        assertThat(firings("0 3 * * *", ZoneOffset.UTC, "2026-01-01T03:00:00Z", 2))
                .containsExactly("2026-01-02T03:00:00Z", "2026-01-03T03:00:00Z");
        assertThat(firings("0 3 * * *", BERLIN, "2026-01-01T00:00:00Z", 1)).containsExactly("2026-01-01T02:00:00Z");
        assertThat(firings(" 30   9 * * MON-FRI ", ZoneId.of("Asia/Kolkata"), "2026-01-02T04:00:00Z", 2))
                .containsExactly("2026-01-05T04:00:00Z", "2026-01-06T04:00:00Z");
        assertThat(firings("*/20 * * * *", BERLIN, "2026-01-01T00:05:00Z", 3))
                .containsExactly("2026-01-01T00:20:00Z", "2026-01-01T00:40:00Z", "2026-01-01T01:00:00Z");
    }

    @Test
    public void ifBothDaysAreRestrictedEitherIsEnough() {
        assertThat(firings("0 12 13 * 5", ZoneOffset.UTC, "2026-01-03T00:00:00Z", 3))
                .containsExactly("2026-01-09T12:00:00Z", "2026-01-13T12:00:00Z", "2026-01-16T12:00:00Z");
        assertThat(firings("0 12 * * 7", ZoneOffset.UTC, "2026-01-03T00:00:00Z", 1))
                .isEqualTo(firings("0 12 * * 0", ZoneOffset.UTC, "2026-01-03T00:00:00Z", 1));
    }

    @Test
    public void aTimeThatIsLeftOutFiresLater() {
        assertThat(firings("30 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
        assertThat(firings("30 2,3 * * *", BERLIN, "2026-03-29T00:00:00Z", 2))
                .as("and not twice at the moment it is moved to")
                .containsExactly("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    public void ofTwoEqualTimesTheFirstFires() {
        assertThat(firings("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(firings("30 2 * * *", BERLIN, "2026-10-25T00:45:00Z", 1)).containsExactly("2026-10-26T01:30:00Z");
        assertThat(firings("30 2 * * *", BERLIN, "2026-10-25T01:15:00Z", 1)).containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    public void everyHourIsEveryHourThatPasses() {
        assertThat(firings("30 * * * *", BERLIN, "2026-10-25T00:00:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
        assertThat(firings("30 * * * *", BERLIN, "2026-03-29T00:00:00Z", 2))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z");
        assertThat(firings("0 */3 * * *", BERLIN, "2026-03-28T23:30:00Z", 2))
                .as("three o'clock is the moment of the change")
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T04:00:00Z");
    }

    @Test
    public void aDayThatNeverComesNeverFires() {
        assertThat(firings("0 0 30 2 *", BERLIN, "2026-01-01T00:00:00Z", 1)).isEmpty();
        assertThat(firings("0 0 29 2 *", ZoneOffset.UTC, "2026-03-01T00:00:00Z", 1))
                .containsExactly("2028-02-29T00:00:00Z");
    }

    @Test
    public void anythingElseIsRefused() {
        for (String cron : List.of(
                "",
                " ",
                "* * *",
                "0 0 3 * * *",
                "@daily",
                "60 * * * *",
                "0 24 * * *",
                "a b c d e",
                "0 12 L * *",
                "* * * * 8",
                "*/0 * * * *",
                "0 0 0 * *",
                "1-70 * * * *",
                "0 0 * 13 *",
                "0 0 3 * * ; rm")) {
            assertThatThrownBy(() -> Cron.parse(cron, ZoneOffset.UTC).after(Instant.EPOCH))
                    .as(cron)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

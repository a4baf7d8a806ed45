package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Optional<Duration> in(String value) {
        return RetryAfter.in(Map.of("retry-after", value), NOW);
    }

    @Test
    public void secondsAndDatesAreUnderstood() {
        assertThat(in("120")).contains(Duration.ofMinutes(2));
        assertThat(in("Sun, 01 Mar 2026 12:00:30 GMT")).contains(Duration.ofSeconds(30));
        assertThat(in("Sun, 01 Mar 2026 11:00:00 GMT")).contains(Duration.ZERO);
    }

    @Test
    public void nobodyIsSilencedForLongerThanADay() {
        assertThat(in("999999999")).contains(Duration.ofDays(1));
    }

    @Test
    public void whatIsNeitherIsIgnored() {
        for (String value : new String[] {"", "-1", "soon", "1e9", "99999999999999999999"}) {
            assertThat(in(value)).as(value).isEmpty();
        }
        assertThat(RetryAfter.in(Map.of(), NOW)).isEmpty();
    }

    @Test
    public void ofAnAnswerItIsKeptWhetherItsBodyIsReadOrNot() throws IOException {
        String head = "\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno";
        for (int mostBytes : new int[] {0, 100}) {
            assertThat(answer("HTTP/1.1 429 Too Many Requests" + head, mostBytes))
                    .contains(Duration.ofSeconds(7));
            assertThat(answer("HTTP/1.1 503 Unavailable" + head, mostBytes)).contains(Duration.ofSeconds(7));
            assertThat(answer("HTTP/1.1 200 OK" + head, mostBytes)).isEmpty();
        }
    }

    private static Optional<Duration> answer(String text, int mostBytes) throws IOException {
        return new AnswerReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), mostBytes)
                .read()
                .retryAfter();
    }
}

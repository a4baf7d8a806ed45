package org.latchkey.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.Result;
import org.latchkey.testkit.FakeLane;
import org.latchkey.testkit.MovableClock;

/** R-07 and row 113, by what a call can come to; over real sockets in {@link SlackTest}. */
public class ChannelTest {

    private static final String SECRET = "XXXXhunter2XXXX";
    private static final HookUrl URL = HookUrl.of("https://hooks.slack.com/services/T000/B000/" + SECRET);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private volatile Result result = answer(200, "ok");
    private final FakeLane lane = new FakeLane(call -> result);
    private final Channel channel = new Channel(lane, URL, Duration.ofSeconds(10), clock);

    private static Answer answer(int status, String body) {
        return new Answer(status, "text/plain", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer later(int status, Duration wait) {
        return new Answer(status, "", new byte[0], Optional.of(wait));
    }

    @Test
    public void r07StatusesThatAreNoSuccessAreTriedAgain() {
        for (int status : new int[] {302, 401, 403, 404, 410, 429, 500, 503}) {
            result = answer(status, "no_service");
            assertThatThrownBy(() -> channel.post("{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("hooks.slack.com answered " + status + ": no_service");
        }
        assertThat(channel.fault()).contains("hooks.slack.com answered 503: no_service");
        result = answer(200, "ok");
        assertThatCode(() -> channel.post("{}")).doesNotThrowAnyException();
        assertThat(channel.fault()).isEmpty();
    }

    @Test
    public void r07AMessageThatIsRefusedForGoodSaysSo() {
        for (int status : new int[] {400, 413, 422}) {
            result = answer(status, "invalid_payload");
            assertThatThrownBy(() -> channel.post("{}"))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID))
                    .hasMessage("hooks.slack.com answered " + status + ": invalid_payload");
            assertThat(channel.fault()).contains("hooks.slack.com answered " + status + ": invalid_payload");
        }
    }

    @Test
    public void r07WhatIsQuotedIsCutAndMasked() {
        result = answer(500, "<html>\n" + SECRET + " password=hunter3 " + "x".repeat(500));
        assertThatThrownBy(() -> channel.post("{}"))
                .hasMessageStartingWith("hooks.slack.com answered 500: <html> ... password=(hidden)")
                .message()
                .hasSizeLessThan(150)
                .doesNotContain("hunter");
        result = new Failure(Failure.Why.FAILED, "no route to https://hooks.slack.com/services/T000/B000/" + SECRET);
        assertThatThrownBy(() -> channel.post("{}")).hasMessage("hooks.slack.com was not reached: no route to (url)");
    }

    @Test
    public void r07SlackIsLeftAloneForAsLongAsItSays() throws IOException {
        result = later(429, Duration.ofSeconds(30));
        assertThatThrownBy(() -> channel.post("{}")).hasMessage("hooks.slack.com answered 429");
        result = answer(200, "ok");
        clock.advance(Duration.ofSeconds(29));
        assertThatThrownBy(() -> channel.post("{}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("left alone until 2026-03-01T12:00:30Z");
        assertThat(lane.calls()).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        channel.post("{}");
        assertThat(lane.calls()).hasSize(2);
    }

    @Test
    public void nobodySilencesTheChannelForMoreThanAnHour() throws IOException {
        result = later(503, Duration.ofDays(1));
        assertThatThrownBy(() -> channel.post("{}")).isInstanceOf(IOException.class);
        result = answer(200, "ok");
        clock.advance(Duration.ofHours(1));
        channel.post("{}");
        assertThat(lane.calls()).hasSize(2);
    }
}

package org.latchkey.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Result;
import org.latchkey.testkit.FakeLane;
import org.latchkey.testkit.MovableClock;

/** By what a call can come to; over real sockets in {@link WebhookTest}. */
public class ReceiverTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Failure NO_HOST = new Failure(Failure.Why.REFUSED, "there is no host hooks.example");

    private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_614_265_330L));
    private volatile Result result = new Answer(204, "", new byte[0]);
    private final FakeLane lane = new FakeLane(call -> result);
    private final Receiver receiver = new Receiver(
            lane,
            Address.of("https://hooks.example/hunter2"),
            NamedBy.OPERATOR,
            Signature.of(SECRET, ""),
            Duration.ofSeconds(10),
            clock);

    @Test
    public void itIsSignedWithIdAndTheTimeOfTheAttempt() throws IOException {
        receiver.tell("msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}");
        assertThat(lane.calls().get(0).headers())
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        clock.advance(Duration.ofSeconds(5));
        receiver.tell("odd id\r\nX: 1", "{}");
        assertThat(lane.calls().get(1).headers())
                .containsEntry("webhook-id", "odd+id%0D%0AX%3A+1")
                .containsEntry("webhook-timestamp", "1614265335");
    }

    @Test
    public void h17AHostThatDoesNotResolveIsUnverifiedUntilItAnswers() throws IOException {
        assertThat(receiver.fault()).isEmpty();
        result = NO_HOST;
        assertThatThrownBy(() -> receiver.tell("n1", "{}"))
                .isInstanceOf(IOException.class)
                .hasMessage("unverified: hooks.example was not reached: there is no host hooks.example");
        assertThat(receiver.fault().orElseThrow()).startsWith("unverified: ");
        result = new Answer(200, "", new byte[0]);
        receiver.tell("n1", "{}");
        assertThat(receiver.fault()).isEmpty();
        result = NO_HOST;
        assertThatThrownBy(() -> receiver.tell("n2", "{}"))
                .hasMessage("hooks.example was not reached: there is no host hooks.example");
    }

    @Test
    public void r07AnyStatusBut2xxIsTriedAgain() {
        for (int status : new int[] {301, 302, 307, 401, 403, 404, 410, 429, 500, 503}) {
            result = new Answer(status, "", new byte[0]);
            assertThatThrownBy(() -> receiver.tell("n1", "{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("hooks.example answered " + status);
        }
    }

    @Test
    public void r07AnEventThatIsRefusedForGoodSaysSo() {
        for (int status : new int[] {400, 413, 422}) {
            result = new Answer(status, "", new byte[0]);
            assertThatThrownBy(() -> receiver.tell("n1", "{}"))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID))
                    .hasMessage("hooks.example answered " + status);
            assertThat(receiver.fault()).contains("hooks.example answered " + status);
        }
    }

    @Test
    public void r07ItIsLeftAloneForAsLongAsItSays() throws IOException {
        result = new Answer(429, "", new byte[0], Optional.of(Duration.ofMinutes(1)));
        assertThatThrownBy(() -> receiver.tell("n1", "{}")).hasMessage("hooks.example answered 429");
        result = new Answer(200, "", new byte[0]);
        clock.advance(Duration.ofSeconds(59));
        assertThatThrownBy(() -> receiver.tell("n1", "{}")).hasMessageContaining("left alone until");
        assertThat(lane.calls()).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        receiver.tell("n1", "{}");
        assertThat(lane.calls()).hasSize(2);
    }
}

package org.latchkey.grant.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.oauth.Grant.Granted;
import org.latchkey.api.oauth.Grant.Owner;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.Race;

public class PollsTest {

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final DeviceCodes codes = new DeviceCodes(new MemoryStore(), clock);
    private final FakeSessions sessions = new FakeSessions();
    private final Polls polls = new Polls(codes, sessions, clock);
    private DeviceCodes.Issued issued;

    @Before
    public void begin() {
        issued = codes.add("/oidc", "tv", Set.of("read"), LIFE, Duration.ofSeconds(5));
        sessions.begin("s", "ada", clock.instant());
    }

    private String refused() {
        return refusedTo("tv");
    }

    private String refusedTo(String client) {
        return catchThrowableOfType(Refusal.class, () -> polls.answer(Asked.pollOf(client, issued.deviceCode())))
                .code();
    }

    private void allow() {
        assertThat(codes.decide("/oidc", issued.stored(), code -> code.allowed("s")))
                .isTrue();
    }

    @Test
    public void rfc8628_3_5_anImpatientDeviceWaitsFiveSecondsLongerEachTime() {
        assertThat(refused()).isEqualTo("authorization_pending");
        clock.advance(Duration.ofSeconds(5));
        assertThat(refused()).isEqualTo("authorization_pending");
        clock.advance(Duration.ofSeconds(4));
        assertThat(refused()).isEqualTo("slow_down"); // 10 s from now on
        clock.advance(Duration.ofSeconds(9));
        assertThat(refused()).isEqualTo("slow_down"); // 15 s
        clock.advance(Duration.ofSeconds(14));
        assertThat(refused()).isEqualTo("slow_down"); // 20 s
        clock.advance(Duration.ofSeconds(20));
        assertThat(refused()).isEqualTo("authorization_pending");
    }

    @Test
    public void rfc8628_3_5_theNetworkMayTakeABitOfTheInterval() {
        refused();
        clock.advance(Duration.ofMillis(4600));
        assertThat(refused()).isEqualTo("authorization_pending");
    }

    @Test
    public void rfc8628_3_5_anExpiredCodeIsToldApart() {
        allow();
        clock.advance(LIFE);
        assertThat(refused()).isEqualTo("expired_token");
    }

    @Test
    public void rfc8628_3_5_aNoStaysANo() {
        codes.decide("/oidc", issued.stored(), DeviceCode::denied);
        assertThat(refused()).isEqualTo("access_denied");
        assertThat(refused()).isEqualTo("access_denied");
    }

    @Test
    public void O_22_whatIsAllowedIsFetchedOnceByWhoAskedForIt() {
        allow();
        assertThat(refusedTo("another")).isEqualTo("invalid_grant");
        Granted granted = polls.answer(Asked.poll(issued.deviceCode()));
        assertThat(granted.scope()).containsExactly("read");
        assertThat(granted.refreshable()).isTrue();
        Owner owner = (Owner) granted.basis();
        assertThat(owner.principal().id()).isEqualTo("ada");
        assertThat(owner.session()).isEqualTo("s");
        assertThat(refused()).isEqualTo("invalid_grant");
    }

    @Test
    public void O_19_anEndedSessionTakesBackWhatWasAllowedInIt() {
        allow();
        sessions.end("s");
        assertThat(refused()).isEqualTo("invalid_grant");
        sessions.begin("s", "ada", clock.instant());
        assertThat(refused()).isEqualTo("invalid_grant");
    }

    @Test
    public void O_22_ofFiftyQuestionsOneGetsTheTokens() throws Exception {
        allow();
        List<String> answers = Race.of(50, lane -> {
            try {
                return polls.answer(Asked.poll(issued.deviceCode())).scope().toString();
            } catch (Refusal refusal) {
                return refusal.code();
            }
        });
        assertThat(answers.stream().filter("[read]"::equals)).hasSize(1);
        assertThat(answers.stream().filter("invalid_grant"::equals)).hasSize(49);
    }
}

package org.latchkey.cas.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Content;
import org.latchkey.api.service.Outbound.Failure.Why;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.testkit.FakeLane;

public class BackChannelTest {

    private static final Duration LIMIT = Duration.ofSeconds(7);

    private static LogoutRequest request(String ticket) {
        return LogoutRequest.of(ticket, Instant.now(), new SecureRandom());
    }

    @Test
    public void I13_theApplicationGetsAPostWithTheForm() {
        FakeLane lane = FakeLane.answering(200);
        LogoutRequest request = request("ST-1");
        try (BackChannel channel = new BackChannel(lane, LIMIT)) {
            channel.send("http://a.example/app?x=1", request);
        }
        Call call = lane.calls().get(0);
        assertThat(call.url()).isEqualTo("http://a.example/app?x=1");
        assertThat(call.content())
                .isEqualTo(Optional.of(new Content("application/x-www-form-urlencoded", request.form())));
        assertThat(call.namedBy()).isEqualTo(NamedBy.OPERATOR);
        assertThat(call.mostBytes()).isZero();
        assertThat(call.limit()).isEqualTo(LIMIT);
        assertThat(lane.isClosed()).isTrue();
    }

    @Test
    public void C21_faultsOfApplicationsAreIgnored() {
        for (FakeLane lane : new FakeLane[] {
            FakeLane.answering(500), FakeLane.answering(307), FakeLane.failing(Why.FAILED, "nobody is there")
        }) {
            BackChannel channel = new BackChannel(lane, LIMIT);
            for (String url : new String[] {"", "nonsense", "http://a b/", "http:///x", "https://a.example/"}) {
                channel.send(url, request("ST-1"));
            }
            assertThat(lane.calls()).hasSize(5);
        }
    }

    @Test
    public void whatFindsTooManyWaitingIsDroppedAndLaterOnesAreSent() {
        FakeLane lane = FakeLane.answering(200);
        BackChannel channel = new BackChannel(lane, LIMIT);
        lane.fill();
        channel.send("https://a.example/", request("ST-1"));
        channel.send("https://a.example/", request("ST-2"));
        lane.empty();
        channel.send("https://a.example/", request("ST-3"));
        assertThat(lane.calls()).hasSize(1);
        assertThat(lane.calls().get(0).content().orElseThrow().text()).contains("ST-3");
    }
}

package org.latchkey.cas.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.Test;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Failure.Why;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.cas.proxy.ProxyCallback.Accepted;
import org.latchkey.cas.proxy.ProxyCallback.Outcome;
import org.latchkey.cas.proxy.ProxyCallback.Refused;
import org.latchkey.testkit.FakeLane;

public class ProxyCallbackTest {

    private static final Duration LIMIT = Duration.ofSeconds(7);

    private static Outcome deliver(FakeLane lane, String url) {
        try (ProxyCallback callback = new ProxyCallback(lane, LIMIT)) {
            return callback.deliver(url, "PGT-1-a", "PGTIOU-1-b");
        }
    }

    private static String called(String url) {
        FakeLane lane = FakeLane.answering(200);
        assertThat(deliver(lane, url)).isInstanceOf(Accepted.class);
        return lane.calls().get(0).url();
    }

    @Test
    public void C31_theCallbackGetsBothTicketsAndKeepsItsQuery() {
        assertThat(called("https://a.example/pgt?a=b%26c#frag"))
                .isEqualTo("https://a.example/pgt?a=b%26c&pgtId=PGT-1-a&pgtIou=PGTIOU-1-b");
        assertThat(called("https://a.example")).isEqualTo("https://a.example?pgtId=PGT-1-a&pgtIou=PGTIOU-1-b");
        assertThat(called("https://a.example/x?")).isEqualTo("https://a.example/x?pgtId=PGT-1-a&pgtIou=PGTIOU-1-b");
    }

    @Test
    public void C10_itIsCalledAsWhatARequestNamedAndItsBodyIsNotRead() {
        FakeLane lane = FakeLane.answering(200);
        deliver(lane, "https://a.example/");
        Call call = lane.calls().get(0);
        assertThat(call.namedBy()).isEqualTo(NamedBy.REQUEST);
        assertThat(call.content()).isEmpty();
        assertThat(call.mostBytes()).isZero();
        assertThat(call.limit()).isEqualTo(LIMIT);
        assertThat(lane.isClosed()).isTrue();
    }

    @Test
    public void C32_onlyTheStatus200Counts() {
        for (int status : new int[] {201, 204, 302, 400, 401, 404, 500, 503}) {
            refused(deliver(FakeLane.answering(status), "https://a.example/"), "it answered " + status);
        }
    }

    @Test
    public void C10_whatIsNotCalledIsRefused() {
        for (Why why : Why.values()) {
            refused(deliver(FakeLane.failing(why, "the reason"), "https://a.example/"), "the reason");
        }
        FakeLane lane = FakeLane.answering(200);
        refused(deliver(lane, "https://a b/"), "no URL");
        assertThat(lane.calls()).isEmpty();
    }

    private static void refused(Outcome outcome, String reason) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                .contains(reason)
                .doesNotContain("PGT"));
    }
}

package org.latchkey.oauth.par;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.oauth.Parameters;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.Race;

public class PushedRequestsTest {

    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final Parameters ASKED = Parameters.ofValues(Map.of("scope", "openid", "state", "s"));

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));

    /** A node of its own each time: what it remembers is in the store alone. */
    private PushedRequests node() {
        return new PushedRequests(store, "oidc", clock);
    }

    @Test
    public void o12_aRequestIsFoundByItsClientAloneUntilItExpires() throws Exception {
        String uri = node().add("app", ASKED, LIFE);
        assertThat(uri).startsWith("urn:ietf:params:oauth:request_uri:").hasSizeGreaterThan(70);
        assertThat(node().find("app", uri).orElseThrow().asMap()).isEqualTo(ASKED.asMap());
        assertThat(node().find("other", uri)).isEmpty();
        assertThat(new PushedRequests(store, "oidc2", clock).find("app", uri)).isEmpty();
        assertThat(node().find("app", uri + "A")).isEmpty();
        assertThat(node().find("app", PushedRequests.PREFIX)).isEmpty();
        assertThat(node().find("app", PushedRequests.PREFIX + "x".repeat(1_000)))
                .isEmpty();
        clock.advance(LIFE.minusMillis(1));
        assertThat(node().find("app", uri)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(node().find("app", uri)).isEmpty();
    }

    @Test
    public void o12_oneOf50UsesItUp() throws Exception {
        String uri = node().add("app", ASKED, LIFE);
        List<Boolean> won = Race.of(50, lane -> node().use(uri));
        assertThat(won).containsOnlyOnce(true);
        assertThat(node().find("app", uri)).isEmpty();
        assertThat(node().use(uri)).isFalse();
    }

    @Test
    public void whoBeganInTimeMayTakeHalfAnHour() throws Exception {
        String uri = node().add("app", ASKED, LIFE);
        clock.advance(Duration.ofMinutes(30));
        node().sweep();
        assertThat(node().use(uri)).isTrue();
    }

    @Test
    public void theSweepTakesAwayWhatNobodyCanUse() throws Exception {
        node().add("app", ASKED, LIFE);
        clock.advance(Duration.ofMinutes(5));
        String later = node().add("app", ASKED, LIFE);
        clock.advance(Duration.ofMinutes(28));
        node().sweep();
        assertThat(store.list(PushedRequests.KIND, "", "", 10)).hasSize(1);
        assertThat(node().use(later)).isTrue();
    }
}

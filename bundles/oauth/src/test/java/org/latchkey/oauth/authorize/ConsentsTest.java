package org.latchkey.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.Test;
import org.latchkey.oauth.authorize.Consents.Given;
import org.latchkey.oauth.authorize.Consents.Giver;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.Race;

public class ConsentsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Giver ADA = new Giver("ada", 7);
    private static final Giver BOB = new Giver("bob", 8);

    private final MemoryStore store = new MemoryStore();
    private final Consents consents = new Consents(store, "oidc", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    public void whatIsAllowedAddsUpForEachPersonAndClient() {
        consents.allow(ADA, "app", Set.of("openid"));
        consents.allow(ADA, "app", Set.of("email", "openid"));
        assertThat(consents.of(ADA, "app")).containsExactlyInAnyOrder("openid", "email");
        assertThat(consents.of(ADA, "other")).isEmpty();
        assertThat(consents.of(BOB, "app")).isEmpty();
    }

    @Test
    public void whatIsTakenBackIsGone() {
        consents.allow(ADA, "app", Set.of("openid"));
        assertThat(consents.revoke(ADA, "app")).isTrue();
        assertThat(consents.revoke(ADA, "app")).isFalse();
        assertThat(consents.of(ADA, "app")).isEmpty();
    }

    @Test
    public void allThatSomebodyHasAllowedIsListedWithSinceWhen() {
        for (int i = 0; i < 120; i++) {
            consents.allow(ADA, "app" + i, Set.of("openid"));
        }
        consents.allow(BOB, "app", Set.of("email"));
        new Consents(store, "other", Clock.systemUTC()).allow(ADA, "elsewhere", Set.of("email"));
        consents.allow(ADA, "app5", Set.of("email"));
        assertThat(consents.of(ADA)).hasSize(120).contains(new Given("app5", Set.of("openid", "email"), NOW));
        assertThat(consents.of(BOB)).containsExactly(new Given("app", Set.of("email"), NOW));
    }

    @Test
    public void whoeverGetsTheNameAfterwardsHasAllowedNothing() {
        consents.allow(ADA, "app", Set.of("openid", "email"));
        Giver another = new Giver("ada", 9);
        assertThat(consents.of(another, "app")).isEmpty();
        assertThat(consents.of(another)).isEmpty();
        assertThat(consents.revoke(another, "app")).isFalse();
        consents.allow(another, "app", Set.of("openid"));
        assertThat(consents.of(another, "app")).containsExactly("openid");
        assertThat(consents.of(ADA, "app")).isEmpty();
    }

    @Test
    public void nothingIsLostOfWhatIsAllowedAtOnce() throws Exception {
        Race.of(20, lane -> {
            consents.allow(ADA, "app", Set.of("scope" + lane));
            return lane;
        });
        assertThat(consents.of(ADA, "app")).hasSize(20);
    }
}

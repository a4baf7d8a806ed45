package org.latchkey.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.Test;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.Race;

public class ConsentsTest {

    private final Consents consents = new Consents(new MemoryStore(), "oidc");

    @Test
    public void whatIsAllowedAddsUpForEachPersonAndClient() {
        consents.allow("ada", "app", Set.of("openid"));
        consents.allow("ada", "app", Set.of("email", "openid"));
        assertThat(consents.of("ada", "app")).containsExactlyInAnyOrder("openid", "email");
        assertThat(consents.of("ada", "other")).isEmpty();
        assertThat(consents.of("bob", "app")).isEmpty();
    }

    @Test
    public void whatIsTakenBackIsGone() {
        consents.allow("ada", "app", Set.of("openid"));
        consents.revoke("ada", "app");
        consents.revoke("ada", "app");
        assertThat(consents.of("ada", "app")).isEmpty();
    }

    @Test
    public void nothingIsLostOfWhatIsAllowedAtOnce() throws Exception {
        Race.of(20, lane -> {
            consents.allow("ada", "app", Set.of("scope" + lane));
            return lane;
        });
        assertThat(consents.of("ada", "app")).hasSize(20);
    }
}

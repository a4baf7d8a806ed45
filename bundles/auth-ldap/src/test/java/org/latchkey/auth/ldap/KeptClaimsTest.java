package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.Test;
import org.latchkey.api.Claims;

public class KeptClaimsTest {

    private static final Claims SOME = Claims.of("mail", "a@x");

    @Test
    public void theyAreKeptForAWhileAndForOneIdAlone() {
        KeptClaims kept = new KeptClaims(Duration.ofHours(1));
        kept.keep("ada", "uid=ada", SOME);
        assertThat(kept.of("ada")).contains(SOME);
        assertThat(kept.of("Ada")).isEmpty();
        KeptClaims brief = new KeptClaims(Duration.ZERO);
        brief.keep("ada", "uid=ada", SOME);
        assertThat(brief.of("ada")).isEmpty();
    }

    @Test
    public void whenTwoEntriesGiveTheSameIdNeitherGetsThem() {
        KeptClaims kept = new KeptClaims(Duration.ofHours(1));
        kept.keep("ada", "uid=ada,ou=one", SOME);
        kept.keep("ada", "uid=ada,ou=two", Claims.of("mail", "b@x"));
        assertThat(kept.of("ada")).isEmpty();
        kept.keep("ada", "uid=ada,ou=one", SOME);
        assertThat(kept.of("ada")).isEmpty();
    }

    @Test
    public void theOldestMakeRoom() {
        KeptClaims kept = new KeptClaims(Duration.ofHours(1));
        for (int i = 0; i < 20_000; i++) {
            kept.keep("p" + i, "dn" + i, SOME);
        }
        assertThat(kept.of("p0")).isEmpty();
        assertThat(kept.of("p19999")).contains(SOME);
    }
}

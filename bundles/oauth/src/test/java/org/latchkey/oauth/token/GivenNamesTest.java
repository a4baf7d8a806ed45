package org.latchkey.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.Race;

public class GivenNamesTest {

    private final MemoryStore store = new MemoryStore();
    private final GivenNames names = new GivenNames(store, "oidc");

    @Test
    public void aNameStaysWhoseItIsAndIsNeverGivenToSomebodyElse() {
        assertThat(names.of("ada", 7)).isEqualTo("ada");
        assertThat(names.of("ada", 9)).isEqualTo("ada~9");
        assertThat(names.of("ada", 12)).isEqualTo("ada~12");
        assertThat(new GivenNames(store, "oidc").of("ada", 9)).isEqualTo("ada~9");
        assertThat(names.of("ada", 7)).isEqualTo("ada");
    }

    @Test
    public void whoIsCalledLikeADerivedNameGetsAnother() {
        names.of("ada", 7);
        names.of("ada", 9);
        assertThat(names.of("ada~9", 0)).isEqualTo("ada~9~0");
        assertThat(new GivenNames(store, "other").of("ada", 9)).isEqualTo("ada");
    }

    @Test
    public void ofTwoAtOnceOneGetsIt() throws Exception {
        var told = Race.of(20, lane -> names.of("bob", 1 + lane % 2));
        assertThat(told.stream().distinct()).hasSize(2);
    }
}

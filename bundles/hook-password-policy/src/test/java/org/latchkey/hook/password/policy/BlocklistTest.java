package org.latchkey.hook.password.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;

public class BlocklistTest {

    @Test
    public void theBuiltInListHoldsWhatIsTriedFirst() throws IOException {
        Blocklist list = Blocklist.builtIn();

        assertThat(list.size()).isGreaterThan(500);
        assertThat(list.contains(Candidate.of("PASSWORD").whole())).isTrue();
        assertThat(list.contains(Candidate.of("kettle orbit").whole())).isFalse();
        assertThat(list.contains(Candidate.of("").whole())).isFalse();
    }
}

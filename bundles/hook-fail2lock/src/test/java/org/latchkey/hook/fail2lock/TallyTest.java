package org.latchkey.hook.fail2lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class TallyTest {

    @Test
    public void itsTextReadsBackTheSame() {
        for (Tally tally : List.of(
                new Tally(List.of(1L, 22L, 333L), -1, 0), new Tally(List.of(), 7, 99), new Tally(List.of(5L), 7, 99))) {
            assertThat(Tally.parse(tally.text().orElseThrow())).isEqualTo(tally);
        }
    }

    @Test
    public void theFormIsFixed() {
        assertThat(new Tally(List.of(10L, 20L), 5, 9).text()).contains("v1 failures=10,20 reset=5@9");
    }

    @Test
    public void nothingToRememberHasNoText() {
        assertThat(Tally.NONE.text()).isEmpty();
        assertThat(new Tally(List.of(1L), -1, 0).cleared().text()).isEmpty();
    }

    @Test
    public void anUnknownFormCountsAsNothing() {
        for (String text : List.of("", "v2 failures=1 reset=-1@0", "v1 failures=x reset=-1@0", "v1 failures=1", "{}")) {
            assertThat(Tally.parse(text)).isEqualTo(Tally.NONE);
        }
    }

    @Test
    public void onlyTheLatestFailuresAreKept() {
        assertThat(Tally.NONE.plus(1, 2).plus(2, 2).plus(3, 2).failures()).containsExactly(2L, 3L);
    }
}

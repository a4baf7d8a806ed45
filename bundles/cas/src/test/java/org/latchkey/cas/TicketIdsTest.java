package org.latchkey.cas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.Test;
import org.latchkey.api.cas.Ticket.Kind;

public class TicketIdsTest {

    private static final int MANY = 100_000;

    @Test
    public void row82_C_18_idsAreOfTheRightLettersPrefixAndLengthAndAllDiffer() {
        Pattern form = Pattern.compile("ST-[A-Za-z0-9-]{26}");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            String id = TicketIds.next(Kind.SERVICE);
            assertThat(form.matcher(id).matches()).as(id).isTrue();
            ids.add(id);
        }
        assertThat(ids).hasSize(MANY);
    }

    @Test
    public void C39_C41_C42_noKindIsTooLongForItsClients() {
        assertThat(TicketIds.next(Kind.SERVICE)).hasSizeLessThanOrEqualTo(32);
        assertThat(TicketIds.next(Kind.PROXY)).startsWith("PT-").hasSizeLessThanOrEqualTo(32);
        assertThat(TicketIds.next(Kind.PROXY_GRANTING)).startsWith("PGT-").hasSizeLessThanOrEqualTo(64);
        assertThat(TicketIds.nextIou()).startsWith("PGTIOU-").hasSizeLessThanOrEqualTo(64);
    }

    /** Each of the 63 letters at each place about equally often: 156 bits, if the source is good. */
    @Test
    public void C_18_everyLetterIsAsLikelyAsAnother() {
        int[] counts = new int[128];
        int letters = 0;
        for (int i = 0; i < MANY; i++) {
            for (char letter : TicketIds.next(Kind.SERVICE).substring(3).toCharArray()) {
                counts[letter]++;
                letters++;
            }
        }
        double expected = letters / 63.0;
        for (char letter : "ABCXYZabcxyz0189-".toCharArray()) {
            assertThat(counts[letter] / expected).as(String.valueOf(letter)).isBetween(0.95, 1.05);
        }
    }
}

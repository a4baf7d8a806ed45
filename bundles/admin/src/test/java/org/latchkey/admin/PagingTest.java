package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.Refusal;

public class PagingTest {

    private static Paging paging(Map<String, List<String>> query) {
        return Paging.of(FakeRequest.of("GET", "/").withQuery(query));
    }

    @Test
    public void hasDefaults() {
        assertThat(paging(Map.of())).isEqualTo(new Paging("*", "", 100));
    }

    @Test
    public void takesWhatIsGiven() {
        assertThat(paging(Map.of("q", List.of("a*"), "cursor", List.of("abc"), "limit", List.of("1000"))))
                .isEqualTo(new Paging("a*", "abc", 1000));
    }

    @Test
    public void a05_limitsBeyondMeasureAreRefused() {
        for (String limit :
                new String[] {"0", "-1", "1001", "1000000000", "9".repeat(100), "", "x", "1.5", "+1", "٣"}) {
            assertThatThrownBy(() -> paging(Map.of("limit", List.of(limit))))
                    .as(limit)
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    public void aParameterThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> paging(Map.of("q", List.of("a", "b")))).isInstanceOf(Refusal.class);
    }
}

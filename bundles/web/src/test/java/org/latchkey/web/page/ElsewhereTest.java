package org.latchkey.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ElsewhereTest {

    @Test
    public void aPageLoadsFramesFromWhereItSaysAndNowhereElse() {
        assertThat(Elsewhere.of(Map.of("framesFrom", List.of("https://a.example", "https://b.example")))
                        .policy("n"))
                .contains("default-src 'none'")
                .contains("; frame-src https://a.example https://b.example;")
                .contains("frame-ancestors 'none'");
        assertThat(Elsewhere.of(Map.of()).policy("n")).doesNotContain("frame-src");
    }
}

package org.latchkey.cas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class UrlPatternTest {

    private static boolean matches(String pattern, String url) {
        return UrlPattern.of(pattern).matches(ServiceUrl.parse(url).orElseThrow());
    }

    /** Row 48: a pattern would also harm others if it took for ever. */
    @Test(timeout = 60_000)
    public void row48_aPatternThatTakesForEverIsGivenUp() {
        String longest = "https://ok.example/" + "a".repeat(2_000) + "!";
        for (String pattern : List.of(
                "https://ok\\.example/(a+)+",
                "https://ok\\.example/(a|a)*",
                "https://ok\\.example/.*a.*a.*a.*a.*b",
                "https://ok\\.example/(a*)*\\1*b")) {
            for (int i = 0; i < 20; i++) {
                assertThat(matches(pattern, longest)).as(pattern).isFalse();
            }
        }
        assertThat(matches("https://ok\\.example/(a+)+!", longest)).isTrue();
    }

    @Test
    public void partsOfAPatternMayBeWrittenInManyWays() {
        for (String pattern : List.of(
                "https:\\/\\/([^/]+\\.)?ok\\.example\\/x",
                "^https?://ok[.]example/x$",
                "\\Qhttps\\E://\\Qok.example\\E/x",
                "https://[o[k]]+\\.example/[x/]",
                "https://ok\\.example(:8443)?/(x|y)",
                "https://(?:ok|[/]ko)\\.example/x")) {
            assertThat(matches(pattern, "https://ok.example/x")).as(pattern).isTrue();
            assertThat(matches(pattern, "https://ok.example/x/y")).as(pattern).isFalse();
        }
    }

    @Test
    public void noPartStandsForAnother() {
        assertThat(matches("https://.*\\.ok\\.example/.*", "https://a.ok.example/x"))
                .isTrue();
        assertThat(matches("https://.*\\.ok\\.example/.*", "https://evil.example/.ok.example/x"))
                .isFalse();
        assertThat(matches("https://ok\\.example/.*", "http://ok.example/x")).isFalse();
        assertThat(matches(".*://ok\\.example/.*", "https://ok.example/x")).isTrue();
        assertThat(matches("https://ok\\.example/", "https://ok.example/x")).isFalse();
    }
}

package org.latchkey.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class EscapedTest {

    @Test
    public void controlCharactersOfSlackAreEntities() {
        assertThat(Escaped.text("<!channel> & <https://x|y>", 100))
                .isEqualTo("&lt;!channel&gt; &amp; &lt;https://x|y&gt;");
    }

    @Test
    public void whatFitsIsWholeAndWhatDoesNotIsCutBetweenCharacters() {
        assertThat(Escaped.text("a".repeat(20), 20)).isEqualTo("a".repeat(20));
        assertThat(Escaped.text("a".repeat(21), 20)).isEqualTo("a".repeat(11) + "... (cut)");
        assertThat(Escaped.text("&".repeat(5), 24)).isEqualTo("&amp;&amp;&amp;... (cut)");
        assertThat(Escaped.text("\uD83D\uDD11".repeat(11), 20)).isEqualTo("\uD83D\uDD11".repeat(5) + "... (cut)");
    }

    @Test
    public void whatDeceivesTheEyeIsShownAsUnknown() {
        assertThat(Escaped.text("a\u202Egpj.\u0000\uD800b", 100)).isEqualTo("a\uFFFDgpj.\uFFFD\uFFFDb");
    }
}

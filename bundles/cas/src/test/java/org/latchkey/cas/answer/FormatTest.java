package org.latchkey.cas.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class FormatTest {

    @Test
    public void C26_xmlIsTheDefault() {
        assertThat(Format.parse(List.of())).contains(Format.XML);
    }

    @Test
    public void C14_bothFormatsInUpperAndLowerCase() {
        assertThat(Format.parse(List.of("XML"))).contains(Format.XML);
        assertThat(Format.parse(List.of("JSON"))).contains(Format.JSON);
        assertThat(Format.parse(List.of("json"))).contains(Format.JSON);
    }

    @Test
    public void C14_anyOtherIsAnErrorInXml() {
        for (List<String> values : List.of(List.of("yaml"), List.of(""), List.of(" JSON"), List.of("XML", "JSON"))) {
            assertThat(Format.parse(values)).isEmpty();
        }
        assertThat(Document.text(Format.XML.answers().failure(Format.UNKNOWN))).contains("code=\"INVALID_REQUEST\"");
    }
}

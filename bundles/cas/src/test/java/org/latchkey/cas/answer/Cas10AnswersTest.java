package org.latchkey.cas.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class Cas10AnswersTest {

    @Test
    public void I1_yesHasTheUserOnASecondLine() {
        assertThat(Document.text(Cas10Answers.yes("ada"))).isEqualTo("yes\nada\n");
        assertThat(Cas10Answers.yes("ada").headers()).containsEntry("Content-Type", "text/plain;charset=utf-8");
    }

    @Test
    public void C24_noIsOneLine() {
        assertThat(Document.text(Cas10Answers.no())).isEqualTo("no\n");
        assertThat(Cas10Answers.no().status()).isEqualTo(200);
    }

    @Test
    public void aNameThatWouldBeSeveralLinesIsNo() {
        for (String user : List.of("a\nroot", "a\rroot", "a\u0085b", "a\u2028b", "")) {
            assertThat(Document.text(Cas10Answers.yes(user))).isEqualTo("no\n");
        }
    }
}

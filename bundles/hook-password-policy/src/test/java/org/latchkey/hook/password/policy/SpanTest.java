package org.latchkey.hook.password.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class SpanTest {

    private static Span span(String text) {
        return Candidate.of(text).whole();
    }

    @Test
    public void trimmedLeavesTheLettersInTheMiddle() {
        assertThat(span("12pass-word!!").trimmed().fingerprint())
                .isEqualTo(span("pass-word").fingerprint());
        assertThat(span("12345").trimmed().length()).isZero();
    }

    @Test
    public void unitIsWhatIsRepeated() {
        assertThat(span("abcabcab").unit().length()).isEqualTo(3);
        assertThat(span("abcabcx").unit().length()).isEqualTo(7);
        assertThat(span("").unit().length()).isZero();
    }

    @Test
    public void piecesCountSequencesOnce() {
        assertThat(Pieces.of(span(""))).isZero();
        assertThat(Pieces.of(span("1234"))).isEqualTo(1);
        assertThat(Pieces.of(span("12349876"))).isEqualTo(2);
        assertThat(Pieces.of(span("k7-qx"))).isEqualTo(5);
        assertThat(Pieces.of(span("20242024"))).isEqualTo(4);
    }

    @Test
    public void aWipedCandidateHoldsNothing() {
        Candidate candidate = Candidate.of("kettle");
        candidate.close();
        assertThat(candidate.whole().points()).containsOnly(0);
    }

    @Test
    public void nothingOfItIsPrinted() {
        assertThat(span("kettle")).hasToString("Span[6]");
        assertThat(Candidate.of("kettle").toString()).doesNotContain("kettle");
    }
}

package org.latchkey.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class FoldTest {

    @Test
    public void caseDoesNotCount() {
        assertThat(Fold.of("ABC xyz 09_@")).isEqualTo("abc xyz 09_@");
        assertThat(Fold.of("\u00c4")).isEqualTo(Fold.of("\u00e4"));
        assertThat(Fold.of("STRASSE")).isEqualTo(Fold.of("stra\u00dfe")).isEqualTo(Fold.of("STRA\u1e9eE"));
        assertThat(Fold.of("\u041f\u0401")).isEqualTo(Fold.of("\u043f\u0451"));
        assertThat(Fold.of("I"))
                .isEqualTo(Fold.of("i"))
                .isEqualTo(Fold.of("\u0131"))
                .isEqualTo(Fold.of("\u0130"));
        assertThat(Fold.of("\ud801\udc00")).isEqualTo(Fold.of("\ud801\udc28"));
    }

    /** A final sigma is one more letter in the middle of what begins so. */
    @Test
    public void aLetterFoldsTheSameWhateverStandsBesideIt() {
        String odysseus = Fold.of("\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3");
        assertThat(odysseus)
                .startsWith(Fold.of("\u039f\u0394\u03a5\u03a3"))
                .isEqualTo(Fold.of("\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c2"));
    }

    @Test
    public void formsOfTheSameTextAreOne() {
        assertThat(Fold.of("e\u0301")).isEqualTo(Fold.of("\u00c9"));
        assertThat(Fold.of("\uff21\uff22")).isEqualTo("ab");
        assertThat(Fold.of("\u2460 \ufb03")).isEqualTo("1 ffi");
    }

    @Test
    public void foldingTwiceChangesNothing() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (Character.isDefined(point) && Character.getType(point) != Character.SURROGATE) {
                String once = Fold.of(Character.toString(point));
                assertThat(Fold.of(once)).as("U+%04X", point).isEqualTo(once);
            }
        }
    }

    @Test
    public void aCutLeavesNoHalfOfACharacter() {
        String faces = "x" + "\ud83d\ude00".repeat(200);
        assertThat(Fold.cut(faces)).hasSize(255).isEqualTo(faces.substring(0, 255));
        assertThat(Fold.cut("y" + faces)).hasSize(256);
        assertThat(Fold.cut("short")).isEqualTo("short");
    }
}

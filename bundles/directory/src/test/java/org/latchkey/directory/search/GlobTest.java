package org.latchkey.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;

public class GlobTest {

    private static Glob glob(String text) {
        return Glob.of(text.replace('*', Glob.STAR).replace('?', Glob.ANY));
    }

    @Test
    public void aValueIsComparedInWhole() {
        assertThat(glob("ada").matches("ada")).isTrue();
        assertThat(glob("ada").matches("adam")).isFalse();
        assertThat(glob("ada").matches("ad")).isFalse();
        assertThat(glob("Ada*").matches("ada lovelace")).isTrue();
        assertThat(glob("*love*").matches("ada lovelace")).isTrue();
        assertThat(glob("*ace").matches("ada lovelace")).isTrue();
        assertThat(glob("a*e").matches("ada lovelace")).isTrue();
        assertThat(glob("ab*ba").matches("aba")).isFalse();
        assertThat(glob("*").matches("")).isTrue();
        assertThat(glob("?").matches("")).isFalse();
    }

    @Test
    public void aQuestionMarkIsOneCharacterHoweverItIsEncoded() {
        assertThat(glob("a?c").matches("a\ud83d\ude00c")).isTrue();
        assertThat(glob("?").matches("\ud83d\ude00")).isTrue();
        assertThat(glob("??").matches("\ud83d\ude00")).isFalse();
        assertThat(glob("*?c").matches("\ud83d\ude00c")).isTrue();
    }

    @Test
    public void theHeadIsWhatStandsBeforeTheFirstWildcard() {
        assertThat(glob("abc").head()).isEqualTo("abc");
        assertThat(glob("ab*c?").head()).isEqualTo("ab");
        assertThat(glob("?b").head()).isEmpty();
        assertThat(glob("abc").isExact()).isTrue();
        assertThat(glob("abc*").isExact()).isFalse();
    }

    @Test
    public void agreesWithRegularExpressions() {
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            String pattern = text(random, "ab*?", 6);
            String value = text(random, "ab", 7);
            boolean expected = Pattern.matches(pattern.replace("*", ".*").replace("?", "."), value);
            assertThat(glob(pattern).matches(value))
                    .as("%s in %s", pattern, value)
                    .isEqualTo(expected);
        }
    }

    /** What makes a backtracking matcher take years. */
    @Test(timeout = 60_000)
    public void a05_manyStarsTakeNoTime() {
        assertThat(glob("*a".repeat(500) + "b").matches("a".repeat(4096))).isFalse();
        assertThat(glob("*a?".repeat(300) + "b").matches("a".repeat(4096))).isFalse();
    }

    private static String text(Random random, String alphabet, int most) {
        return random.ints(random.nextInt(most + 1), 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}

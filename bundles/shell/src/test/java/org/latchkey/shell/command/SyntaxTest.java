package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;

public class SyntaxTest {

    private final Syntax syntax = new Syntax("thing", "ID ADD|DROP [VALUE...] [--number N] [--json | --quiet]");

    private Arguments parse(String... words) {
        return syntax.parse(List.of(words));
    }

    private void assertRefused(String reason, String... words) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(reason)
                .hasMessageEndingWith("\nUsage: thing ID ADD|DROP [VALUE...] [--number N] [--json | --quiet]");
    }

    @Test
    public void wordsAndOptionsComeInAnyOrder() {
        Arguments arguments = parse("--number", "7", "ada", "--json", "add", "x", "y");

        assertThat(arguments.words()).containsExactly("ada", "ADD", "x", "y");
        assertThat(arguments.from(2)).containsExactly("x", "y");
        assertThat(arguments.number("number")).isEqualTo(7);
        assertThat(arguments.wantsJson()).isTrue();
        assertThat(arguments.has("quiet")).isFalse();
    }

    @Test
    public void aValueMayFollowAnEqualsSignOrBeEmpty() {
        assertThat(parse("a", "ADD", "--number=-7").number("number")).isEqualTo(-7);
        assertThat(parse("a", "ADD", "--number", "").option("number")).contains("");
        assertThat(parse("a", "ADD", "--number=").option("number")).contains("");
    }

    @Test
    public void afterTwoDashesEverythingIsAWord() {
        assertThat(parse("a", "ADD", "--", "--json").words()).containsExactly("a", "ADD", "--json");
    }

    @Test
    public void whatDoesNotFitIsRefusedWithTheUsage() {
        assertRefused("Something is missing.", "ada");
        assertRefused("keep is none of ADD|DROP.", "ada", "keep");
        assertRefused("There is no option --color.", "ada", "ADD", "--color");
        assertRefused("--json takes no value.", "ada", "ADD", "--json=yes");
        assertRefused("--number needs a value.", "ada", "ADD", "--number");
    }

    @Test
    public void tooManyWordsAreRefused() {
        assertThatThrownBy(() -> new Syntax("thing", "[QUERY]").parse(List.of("a", "b")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("That is one word too many.");
    }
}

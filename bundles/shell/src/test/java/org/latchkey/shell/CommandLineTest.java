package org.latchkey.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.Test;

public class CommandLineTest {

    private static CommandLine parse(String line) {
        return CommandLine.parse(line);
    }

    @Test
    public void blanksSeparateWords() {
        assertThat(parse("  entity  info\tada ").words()).containsExactly("info", "ada");
        assertThat(parse("entity info ada").name()).isEqualTo("entity");
    }

    @Test
    public void theScopeMayBeWritten() {
        assertThat(parse("latchkey:plugins").name()).isEqualTo("plugins");
    }

    @Test
    public void quotesHoldWordsTogetherAndMayBeEmpty() {
        assertThat(parse("x 'two words' \"and \\\"more\\\"\" '' a'b c'd").words())
                .containsExactly("two words", "and \"more\"", "", "ab cd");
        assertThat(parse("x it\\'s 'it'\\''s' 'a\\b'").words()).containsExactly("it's", "it's", "a\\b");
    }

    @Test
    public void anEmptyLineIsNoCommand() {
        assertThat(parse("  ").name()).isEmpty();
    }

    @Test
    public void a13_otherScopesAreRefused() {
        for (String line : new String[] {
            "bundle:install http://evil.example/x.jar",
            "gogo:exec ls",
            "felix:stop 0",
            "osgi:eval x",
            "*:eval x",
            "latchkey:osgi:eval",
            ":eval",
            "Plugins"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parse(line))
                    .as(line)
                    .withMessageContaining("is not a command of Latchkey");
        }
    }

    @Test
    public void a13_theLanguageOfGogoIsRefusedUnlessQuoted() {
        for (String line : new String[] {
            "plugins | grep x", "plugins; status", "$.context", "x $y", "(x)", "x {y}", "x > /tmp/y", "x `y`", "a & b"
        }) {
            assertThatIllegalArgumentException().isThrownBy(() -> parse(line)).as(line);
        }
        assertThat(parse("x 'a;b|c$d(e)'").words()).containsExactly("a;b|c$d(e)");
    }

    @Test
    public void whatIsNotClosedIsRefused() {
        for (String line : new String[] {"x 'y", "x \"y", "x y\\"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> parse(line)).as(line);
        }
    }
}

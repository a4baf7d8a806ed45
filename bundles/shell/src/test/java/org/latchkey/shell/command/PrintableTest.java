package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class PrintableTest {

    @Test
    public void a16_whatSteersATerminalIsWrittenAsItsCode() {
        assertThat(Printable.text("a\u001b[2Jb\r\nc\u0007\u009b\u202ed\u2028"))
                .isEqualTo("a\\u001b[2Jb\\u000d\\u000ac\\u0007\\u009b\\u202ed\\u2028");
    }

    @Test
    public void everythingElseStays() {
        assertThat(Printable.text("Zoë 王 🔑 a-b_c")).isEqualTo("Zoë 王 🔑 a-b_c");
        assertThat(Printable.lines("one\ntwo\r")).isEqualTo("one\ntwo\\u000d");
    }
}

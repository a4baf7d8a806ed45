package org.latchkey.procs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class EmailsTest {

    @Test
    public void plainAddressesWithCommas() {
        assertThat(Emails.areValid("ops@example.org")).isTrue();
        assertThat(Emails.areValid("a.b+c@example.org, x@localhost")).isTrue();
    }

    @Test
    public void nothingThatCouldBeMoreThanAnAddress() {
        for (String text : List.of(
                "",
                ",",
                "a",
                "a@",
                "@b",
                "a@b,",
                "a b@c",
                "Ada <a@b>",
                "a@b\r\nBcc: c@d",
                "a@b\n",
                "a@@b",
                "a@-b",
                "\"x\"@b",
                "a@b;c@d",
                "a@b, ".repeat(21) + "a@b")) {
            assertThat(Emails.areValid(text)).as(text).isFalse();
        }
    }
}

package org.latchkey.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.Test;

public class HookUrlTest {

    @Test
    public void onlyTheHostIsShown() {
        HookUrl url = HookUrl.of("https://hooks.slack.com/services/T000/B000/XXXXhunter2XXXX");
        assertThat(url).hasToString("hooks.slack.com");
        assertThat(url.removedFrom("no https://hooks.slack.com/services/T000/B000/XXXXhunter2XXXX, XXXXhunter2XXXX"))
                .doesNotContain("hunter2");
    }

    /** what is wrong with the URL is said without it, in the cause too. */
    @Test
    public void r07AFaultDoesNotQuoteTheUrl() {
        for (String wrong : new String[] {
            "",
            "hunter2",
            "https:// hunter2",
            "ftp://x.example/hunter2",
            "http://hooks.slack.com/hunter2",
            "https://ada:hunter2@hooks.slack.com/",
            "file:///hunter2"
        }) {
            assertThatThrownBy(() -> HookUrl.of(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(fault -> {
                        StringWriter trace = new StringWriter();
                        fault.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString()).contains(".url").doesNotContain("hunter2");
                    });
        }
    }

    @Test
    public void plainHttpIsForThisMachineOnly() {
        assertThat(HookUrl.of("http://127.0.0.1:8123/x").host()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> HookUrl.of("http://slack.internal/x")).hasMessageContaining("https");
    }
}

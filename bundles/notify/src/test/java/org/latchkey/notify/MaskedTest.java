package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;

public class MaskedTest {

    /** R-07: a webhook's URL is its secret. */
    @Test
    public void ofAnUrlOnlySchemeAndHostAreLeft() {
        assertThat(masked("Server returned 429 for URL: https://hooks.example.com/services/T0/B0/hush?x=1 now"))
                .isEqualTo("IOException: Server returned 429 for URL: https://hooks.example.com/... now");
        assertThat(masked("at http://user:hush@example.com:81/x#y"))
                .isEqualTo("IOException: at http://example.com:81/...");
        assertThat(masked("at smtp://user:hush@mail.example.com"))
                .doesNotContain("hush")
                .contains("mail.example.com");
        assertThat(masked("at https://example.com?token=hush")).doesNotContain("hush");
    }

    @Test
    public void nothingElseIsChangedButLineBreaksAndLength() {
        assertThat(masked("no route\r\nto host")).isEqualTo("IOException: no route to host");
        assertThat(masked("x".repeat(5000))).hasSizeLessThan(320).endsWith("...");
        assertThat(Masked.reason(new IOException())).isEqualTo("IOException");
    }

    /** R-07: a plugin may quote what somebody without an account sent. */
    @Test(timeout = 60_000)
    public void r07WhatIsLongAndLooksAlmostLikeAnUrlIsReadOnce() {
        for (String part : new String[] {"a", "a:", "a://", "a://b@", "://", "@", "http"}) {
            String text = part.repeat(1_048_576 / part.length());
            assertThat(masked(text)).as(part).hasSizeLessThan(320);
            assertThat(masked(text + " ".repeat(65_536))).as(part).hasSizeLessThan(320);
        }
        assertThat(masked("hook_http://u@h/hush")).isEqualTo("IOException: hook_http://h/...");
    }

    private static String masked(String message) {
        return Masked.reason(new IOException(message));
    }
}

package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.http.Cookie;

public class CookiesTest {

    private static Optional<String> value(String... fields) {
        return Cookies.value(Collections.enumeration(List.of(fields)), "a");
    }

    @Test
    public void L_04_aCookieIsReadOnlyIfThereIsOneAndItIsPlain() {
        assertThat(value("b=2; a=1; c=3")).contains("1");
        assertThat(value("b=2", "a=1")).contains("1");
        assertThat(value("a=1; a=2")).isEmpty();
        assertThat(value("a=1", "a=1")).isEmpty();
        assertThat(value("a=\"1; b=2\"")).isEmpty();
        assertThat(value("a=" + "x".repeat(600))).isEmpty();
        assertThat(value("aa=1; A=1")).isEmpty();
    }

    @Test
    public void L_04_overHttpsItIsBoundToThisHost() {
        assertThat(Cookies.line(Cookie.of("a", "1"), true))
                .isEqualTo("__Host-a=1; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertThat(Cookies.line(Cookie.of("a", "1"), false)).isEqualTo("a=1; Path=/; HttpOnly; SameSite=Lax");
        assertThat(Cookies.line(Cookie.gone("a"), false)).endsWith("; Max-Age=0");
        assertThat(Cookies.line(new Cookie("a", "1", Optional.of(Duration.ofHours(1))), false))
                .endsWith("; Max-Age=3600");
    }

    @Test
    public void whatScriptsReadTheyReadInFramesOfOtherSitesToo() {
        Cookie cookie = new Cookie("a", "1", Optional.empty(), Cookie.Readers.SCRIPTS);
        assertThat(Cookies.line(cookie, true)).isEqualTo("__Host-a=1; Path=/; SameSite=None; Secure");
        assertThat(Cookies.line(cookie, false)).isEqualTo("a=1; Path=/; SameSite=Lax");
    }

    @Test
    public void C45_aValueIsOfLettersDigitsAndHyphens() {
        for (String value : List.of("a;b", "a b", "a\"", "a\r\nSet-Cookie: x", "ü", "a=b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Cookies.line(Cookie.of("a", value), true));
        }
    }
}

package org.latchkey.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.Test;
import org.latchkey.testkit.MemoryStore;

public class FormTokensTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final FormTokens tokens = at(NOON);

    private FormTokens at(Instant now) {
        return new FormTokens(store, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    public void row40_aTokenIsGoodForOnePost() {
        String token = tokens.next("browser1");
        assertThat(tokens.use(token, "browser1")).isTrue();
        assertThat(tokens.use(token, "browser1")).isFalse();
    }

    @Test
    public void L_02_anotherBrowsersAndForgedTokensAreRefused() {
        String token = tokens.next("browser1");
        assertThat(tokens.use(token, "browser2")).isFalse();
        assertThat(tokens.use(token.substring(0, token.length() - 1) + "x", "browser1"))
                .isFalse();
        assertThat(tokens.use("", "browser1")).isFalse();
        assertThat(tokens.use(token.replaceFirst("^.", token.startsWith("a") ? "b" : "a"), "browser1"))
                .isFalse();
        assertThat(tokens.use(token, "browser1")).isTrue();
    }

    @Test
    public void aTokenIsTooOldAfterHalfAnHour() {
        String token = tokens.next("browser1");
        assertThat(at(NOON.plus(Duration.ofMinutes(31))).use(token, "browser1")).isFalse();
        assertThat(at(NOON.plus(Duration.ofMinutes(29))).use(token, "browser1")).isTrue();
    }

    @Test
    public void nodesTakeEachOthersTokens() {
        assertThat(at(NOON).use(tokens.next("browser1"), "browser1")).isTrue();
    }
}

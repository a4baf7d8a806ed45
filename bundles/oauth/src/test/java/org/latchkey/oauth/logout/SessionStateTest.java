package org.latchkey.oauth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class SessionStateTest {

    @Test
    public void row142_itIsASaltedHashOfClientOriginAndBrowserState() {
        // printf 'app https://app.example abc 0a' | sha256sum
        assertThat(SessionState.of("app", "https://app.example", "abc", "0a"))
                .isEqualTo("8332cd4c297160df95de61979d3eb032c7cf50a1b15194fbad118bad1de312c6.0a");
    }

    @Test
    public void anotherClientOriginOrSessionHasAnother() {
        String one = SessionState.of("app", "https://app.example", "abc", "0a");
        assertThat(SessionState.of("app2", "https://app.example", "abc", "0a")).isNotEqualTo(one);
        assertThat(SessionState.of("app", "https://app.example:1", "abc", "0a")).isNotEqualTo(one);
        assertThat(SessionState.of("app", "https://app.example", "abd", "0a")).isNotEqualTo(one);
        assertThat(SessionState.of("app", "https://app.example", "abc"))
                .matches("[0-9a-f]{64}\\.[0-9a-f]{32}")
                .isNotEqualTo(SessionState.of("app", "https://app.example", "abc"));
    }
}

package org.latchkey.auth.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class PlausibleTest {

    @Test
    public void onlyWhatLooksLikeAnEmailAddressIsGatesBusiness() {
        assertThat(Plausible.isEmail("ada@example.org")).isTrue();
        assertThat(Plausible.isEmail("Ada.L+x@sub.example.org")).isTrue();
        for (String id : new String[] {
            "ada",
            "",
            "@",
            "ada@",
            "@example.org",
            "a@b@c",
            "ada @example.org",
            "ada@example.org\r\nX: y",
            "\u212Aate@example.org",
            "a".repeat(250) + "@x.org"
        }) {
            assertThat(Plausible.isEmail(id)).as(id).isFalse();
        }
    }

    @Test
    public void aTokenIsPrintable() {
        assertThat(Plausible.isToken("JBSWY3DP&=%".toCharArray())).isTrue();
        for (String token : new String[] {"", "a b", "a\r\nX: y", "t\u00f6ken", "x".repeat(1025)}) {
            assertThat(Plausible.isToken(token.toCharArray())).as(token).isFalse();
        }
    }
}

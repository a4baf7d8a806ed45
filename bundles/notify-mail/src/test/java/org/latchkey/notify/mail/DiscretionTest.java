package org.latchkey.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class DiscretionTest {

    /** Whoever has no account can have a text of that length told, as the name they sign in with. */
    @Test(timeout = 60_000)
    public void r07WhatIsLongAndLooksAlmostLikeASecretIsReadOnce() {
        for (String part :
                new String[] {"pass", "key", "a", "token-", "key ", "key:", "\"", "key\"=", "x.key=", "[", "{\"a\":"}) {
            String text = part.repeat(65_536 / part.length());
            assertThat(Discretion.value("entity", text)).as(part).isNotEmpty().hasSizeLessThan(200_000);
            assertThat(Discretion.value("entity", text + " ".repeat(65_536)))
                    .as(part)
                    .isNotEmpty();
            assertThat(Discretion.value("Args", "{\"line\":\"" + text.replace("\"", "") + "\"}"))
                    .as(part)
                    .isNotEmpty();
        }
    }

    @Test
    public void row113WhatIsCutHidesItsSecretsAllTheSame() {
        String args =
                "{\"password\":{\"old\":\"hunter1\",\"new\":\"hunter2\"},\"text\":\"" + "x".repeat(65_536) + "\"}";
        assertThat(Discretion.value("Args", args)).contains("(hidden)").doesNotContain("hunter");
        assertThat(Discretion.value("Text", "x ".repeat(65_536)))
                .hasSizeLessThan(20_000)
                .endsWith("... (cut)");
        assertThat(Discretion.value("Args", "a=token=hunter2,b='c' d.key: 'hunter 3'"))
                .isEqualTo("a=token=(hidden),b='c' d.key: (hidden)");
    }
}

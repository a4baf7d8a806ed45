package org.latchkey.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class DiscretionTest {

    @Test
    public void row113SecretsInArgumentsAreHidden() {
        for (String name : new String[] {
            "password", "DB_PASSWORD", "passwd", "pwd", "passphrase", "secret", "clientSecret", "token", "ACCESS_TOKEN",
            "apiKey", "api-key", "SSH_KEY", "key", "credentials", "authorization", "bearer", "privateKey", "cookie"
        }) {
            String args = "{\"" + name + "\":\"hunter2\",\"deep\":{\"list\":[{\"" + name + "\":{\"x\":\"hunter2\"}}]}}";
            assertThat(Discretion.value("Args", args))
                    .as(name)
                    .contains(name, "(hidden)")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    public void row113WhatIsNoJsonIsReadForPairs() {
        for (String text : new String[] {
            "password=hunter2", "{password: hunter2", "--db-password=hunter2 --day=1", "a=1&token=hunter2;b=2",
            "PASSWORD = 'hunter2'", "{\"password\":\"hunter2", "[{\"password\":\"hunter2\"}", "api_key: \"hunter2\""
        }) {
            assertThat(Discretion.value("Args", text))
                    .as(text)
                    .doesNotContain("hunter2")
                    .contains("(hidden)");
        }
        assertThat(Discretion.value("Args", "{\"line\":\"curl -d token=hunter2 x\"}"))
                .isEqualTo("{\"line\":\"curl -d token=(hidden) x\"}");
    }

    @Test
    public void aFactThatIsCalledASecretIsHiddenAndAKeysNameIsNot() {
        assertThat(Discretion.value("newPassword", "hunter2")).isEqualTo("(hidden)");
        assertThat(Discretion.value("key", "phone")).isEqualTo("phone");
        assertThat(Discretion.value("JobName", "backup")).isEqualTo("backup");
        assertThat(Discretion.value("Args", "{\"DATE\":\"2026\",\"n\":1,\"b\":[true,null]}"))
                .isEqualTo("{\"DATE\":\"2026\",\"n\":1,\"b\":[true,null]}");
    }

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

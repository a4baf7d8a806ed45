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
}

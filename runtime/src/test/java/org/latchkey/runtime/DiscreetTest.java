package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.Test;

public class DiscreetTest {

    @Test
    public void whatIsCalledASecretIsNotShown() {
        for (String name : new String[] {
            "latchkey.db.password", ".password", "trustStorePassword", "latchkey.root.secret", "bindPassphrase",
            "slack.token", "apiKey", "api.key", "clientSecret", "credentials"
        }) {
            assertThat(Discreet.shown(name, "hunter2")).as(name).isEqualTo("(set)");
            assertThat(Discreet.shown(name, "")).as(name).isEmpty();
        }
    }

    @Test
    public void aPasswordInsideAUrlOrAnOptionIsNotShown() {
        Map.of(
                        "jdbc:postgresql://db/x?user=a&password=hunter2&ssl=true",
                        "jdbc:postgresql://db/x?user=a&password=(set)&ssl=true",
                        "jdbc:h2:mem:x;USER=sa;PASSWORD=hunter2",
                        "jdbc:h2:mem:x;USER=sa;PASSWORD=(set)",
                        "jdbc:mysql://root:hun/ter2@db/x",
                        "jdbc:mysql://root:(set)@db/x",
                        "-Xmx1g -Djavax.net.ssl.keyStorePassword=hunter2 -Dx=y",
                        "-Xmx1g -Djavax.net.ssl.keyStorePassword=(set) -Dx=y")
                .forEach((value, shown) ->
                        assertThat(Discreet.shown("latchkey.db.url", value)).isEqualTo(shown));
    }

    @Test
    public void allElseIsShown() {
        for (String value : new String[] {"8080", "jdbc:postgresql://db:5432/x?ssl=true", "/etc/tls.key", "a@b"}) {
            assertThat(Discreet.shown("latchkey.tls.key", value)).isEqualTo(value);
        }
        assertThat(Discreet.shown("lifetimeSeconds", "600")).isEqualTo("600");
    }
}

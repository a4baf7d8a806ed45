package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.Test;

public class SettingsTest {

    @Test
    public void aDomainIsEnough() {
        Settings settings = of(Map.of("domain", "id.example.org"));
        assertThat(settings.baseDn()).isEqualTo("dc=id,dc=example,dc=org");
        assertThat(settings.address().isLoopbackAddress()).isTrue();
        assertThat(settings.port()).isEqualTo(1389);
        assertThat(settings.tlsPort()).as("without a certificate").isZero();
        assertThat(settings.allowAnonymous()).isFalse();
    }

    @Test
    public void secretsDoNotCrossTheNetworkInTheClearUnlessTheOperatorSaysSo() {
        refused(Map.of("host", "0.0.0.0"), "in the clear");
        assertThat(of(Map.of("host", "0.0.0.0", "insecure", true)).insecure()).isTrue();
        Settings encrypted = of(Map.of("host", "0.0.0.0", "certificate", "a.crt", "key", "/b.key"));
        assertThat(encrypted.files().orElseThrow().certificate()).isEqualTo(Path.of("/etc/latchkey/a.crt"));
        assertThat(encrypted.files().orElseThrow().key()).isEqualTo(Path.of("/b.key"));
        assertThat(encrypted.tlsPort()).isEqualTo(1636);
    }

    @Test
    public void whatIsWrongIsSaid() {
        refused(Map.of("domain", ""), "domain");
        refused(Map.of("domain", "a,dc=b"), "domain");
        refused(Map.of("certificate", "a.crt"), "certificate and key");
        refused(Map.of("port", 0), "nothing to do");
        refused(Map.of("port", 65_536), "port must be 0 to 65535");
        refused(Map.of("host", "no such host."), "host is not known");
        refused(Map.of("attributes", new String[] {"uid=x"}), "attributes are written");
        refused(Map.of("attributes", new String[] {"mail"}), "attributes are written");
        refused(Map.of("maxConnections", 0), "maxConnections");
        refused(Map.of("idleSeconds", 0), "idleSeconds");
    }

    private static void refused(Map<String, ?> values, String sentence) {
        assertThatThrownBy(() -> of(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private static Settings of(Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(Map.of("domain", "example.org"));
        all.putAll(values);
        return Settings.of(TestLdap.config(all), Path.of("/etc/latchkey"));
    }
}

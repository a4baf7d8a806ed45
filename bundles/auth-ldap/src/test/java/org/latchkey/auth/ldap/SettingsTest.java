package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SettingsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void urlsAndABaseAreEnough() {
        Settings settings = of(Map.of());
        assertThat(settings.addresses()).containsExactly(new Address("ldap.example.org", 636, true));
        assertThat(settings.startTls()).isTrue();
        assertThat(settings.account().dn()).isEmpty();
        assertThat(settings.filter()).hasToString("(uid={username})");
        assertThat(settings.idAttribute()).isEmpty();
        assertThat(settings.groups().others()).isEqualTo(GroupNames.Others.IGNORE);
        assertThat(settings.times().total()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    public void addressesAreRead() {
        Settings settings = of(urls("ldap://a.example.org", "LDAPS://b.example.org:1636/", "ldap://[::1]:1389"));
        assertThat(settings.addresses())
                .containsExactly(
                        new Address("a.example.org", 389, false),
                        new Address("b.example.org", 1636, true),
                        new Address("::1", 1389, false));
        for (String url : new String[] {
            "",
            "a.example.org",
            "http://a.example.org",
            "ldap://",
            "ldap://a/dc=x",
            "ldap://u:p@a",
            "ldap://a?x",
            "ldap://a:0",
            "ldap://a:70000",
            "ldap://a b"
        }) {
            refused(urls(url), "urls are written");
        }
        refused(Map.of("urls", new String[0]), "urls must name a server");
    }

    @Test
    public void secretsDoNotCrossTheNetworkInTheClearUnlessTheOperatorSaysSo() {
        Map<String, Object> plain = new HashMap<>(urls("ldaps://b.example.org", "ldap://192.0.2.1"));
        plain.put("startTls", "no");
        refused(plain, "in the clear");
        plain.put("allowPlain", true);
        assertThat(of(plain).startTls()).isFalse();
        Map<String, Object> here = new HashMap<>(urls("ldap://127.0.0.1", "ldap://[::1]"));
        here.put("startTls", "no");
        assertThat(of(here).startTls()).isFalse();
    }

    @Test
    public void whoIsBelievedComesFromAFile() throws Exception {
        TestCa ca = new TestCa("Campus CA");
        ca.pem(folder.getRoot().toPath().resolve("ca.pem"));
        ca.store(folder.getRoot().toPath().resolve("ca.p12"), "changeit");
        Files.writeString(folder.getRoot().toPath().resolve("empty.pem"), "");
        assertThat(of(Map.of("caFile", "ca.pem")).sockets()).isNotNull();
        assertThat(of(Map.of("trustStore", "ca.p12", "_trustStorePassword", "changeit"))
                        .sockets())
                .isNotNull();
        refused(Map.of("caFile", "ca.pem", "trustStore", "ca.p12"), "not both");
        refused(Map.of("trustStore", "ca.p12", "_trustStorePassword", "wrong"), "trustStore cannot be used");
        refused(Map.of("caFile", "missing.pem"), "caFile cannot be used");
        refused(Map.of("caFile", "empty.pem"), "caFile cannot be used");
    }

    @Test
    public void whatIsWrongIsSaid() {
        refused(Map.of("base", ""), "base must be a DN");
        refused(Map.of("base", "people"), "base is not a DN");
        refused(Map.of("bindDn", "cn=x"), "bindDn and .bindPassword");
        refused(Map.of("_bindPassword", "x"), "bindDn and .bindPassword");
        refused(Map.of("startTls", "maybe"), "startTls must be required or no");
        refused(Map.of("filter", "(uid=*)"), "filter must compare");
        refused(Map.of("userDn", "uid=x"), "userDn is written");
        refused(Map.of("attributes", new String[] {"mail"}), "attributes are written");
        refused(Map.of("attributes", new String[] {"mail=a", "mail=b"}), "twice");
        refused(Map.of("groupBase", "ou=groups,dc=x"), "groupBase and groupFilter");
        refused(Map.of("groupBase", "ou=groups,dc=x", "groupFilter", "(cn=*)"), "groupFilter must compare");
        refused(Map.of("groups", new String[] {"x"}), "groups are written");
        refused(Map.of("otherGroups", "maybe"), "otherGroups must be");
        refused(Map.of("latchkey_control", "required"), "latchkey.control must be");
        refused(Map.of("totalMillis", 8001), "totalMillis must be 100 to 8000");
        refused(Map.of("connections", 0), "connections must be");
    }

    private static Map<String, Object> urls(String... urls) {
        return Map.of("urls", urls);
    }

    private void refused(Map<String, ?> values, String sentence) {
        assertThatThrownBy(() -> of(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private Settings of(Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(
                Map.of("urls", new String[] {"ldaps://ldap.example.org"}, "base", "ou=people,dc=example,dc=org"));
        all.putAll(values);
        return Settings.of(Configured.config(all), folder.getRoot().toPath());
    }
}

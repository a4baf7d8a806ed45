package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.testkit.LocalExtensionPoints;

public class SelectionTest {

    private final LocalExtensionPoints points = new LocalExtensionPoints();

    @Test
    public void row91AnAuthenticatorIsChosenByBundleOrByBundleAndComponent() {
        ExtensionInfo info = info("org.example.ldap", "org.example.ldap.SignIn~campus");
        for (String name : new String[] {
            "org.example.ldap",
            "org.example.ldap/SignIn",
            "org.example.ldap/org.example.ldap.SignIn",
            "org.example.ldap/org.example.ldap.SignIn~campus"
        }) {
            assertThat(new Selection(Set.of(name)).has(info)).as(name).isTrue();
        }
        for (String name : new String[] {
            "org.example", "org.example.ldap/", "org.example.ldap/Sign", "org.example.ldap/SignIn~other", "SignIn"
        }) {
            assertThat(new Selection(Set.of(name)).has(info)).as(name).isFalse();
        }
        assertThat(Selection.ALL.has(info)).isTrue();
    }

    @Test
    public void aSourceIsTheNameOfAnAuthenticatorOrTheDirectory() {
        ExtensionInfo plugin = info("org.example.ldap", "org.example.ldap.SignIn~campus");
        ExtensionInfo core = new ExtensionInfo(
                "Authenticator", "org.latchkey.d.A", "org.latchkey.d", "1.0.0", true, 0, "", "active", "", Map.of());
        Selection chosen = new Selection(Set.of("org.example.ldap"));
        assertThat(chosen.has("org.example.ldap.SignIn~campus", plugin)).isTrue();
        assertThat(chosen.has("org.example.ldap.SignIn", plugin)).isFalse();
        assertThat(chosen.has("directory", plugin)).isFalse();
        assertThat(chosen.has("directory", core)).isFalse();
        assertThat(Selection.ALL.has("directory", core)).isTrue();
        assertThat(Selection.ALL.has("org.latchkey.d.A", core)).isFalse();
    }

    @Test
    public void whoIsChosenAndNotThereIsMissing() {
        points.add(Authenticator.class, attempt -> Verdict.NOT_MINE, "org.example.a", 0, "");
        try (Chain<Authenticator> chain = points.of(Authenticator.class).enter()) {
            assertThat(new Selection(Set.of("org.example.a", "org.example.b/C")).missing(chain))
                    .containsExactly("org.example.b/C");
            assertThat(Selection.ALL.missing(chain)).isEmpty();
        }
        points.clear(Authenticator.class);
        try (Chain<Authenticator> chain = points.of(Authenticator.class).enter()) {
            assertThat(Selection.ALL.missing(chain)).containsExactly("any authenticator");
        }
    }

    private static ExtensionInfo info(String bundle, String name) {
        return new ExtensionInfo("Authenticator", name, bundle, "1.0.0", false, 0, "", "active", "", Map.of());
    }
}

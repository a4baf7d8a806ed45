package org.latchkey.oauth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class ScopeSettingsTest {

    /** Settings as a file has them. */
    private record Written(
            String name,
            String instance,
            String[] title,
            boolean password,
            int passwordSeconds,
            String[] schemes,
            int schemeSeconds,
            int schemeUses,
            String[] groups)
            implements ConfiguredScope.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return ConfiguredScope.Config.class;
        }
    }

    private static Written config(String name, boolean password, int seconds, String... schemes) {
        return new Written(name, "", new String[0], password, seconds, schemes, 0, 0, new String[0]);
    }

    private static ScopeSettings read(Written config) {
        return ScopeSettings.of(config, Map.of("service.pid", "x", "name", config.name()));
    }

    @Test
    public void groupsSayHowManyOfWhich() {
        ScopeRule rule = read(config("vault", true, 60, "second = 1 : totp, recovery", "b=2:x,y"))
                .rule()
                .orElseThrow();
        assertThat(rule.groups())
                .containsExactly(
                        new SchemeGroup("second", Set.of("totp", "recovery"), 1),
                        new SchemeGroup("b", Set.of("x", "y"), 2));
        assertThat(rule.passwordAge()).hasSeconds(60);
    }

    @Test
    public void allThatIsWrongIsSaidAtOnceAndThenThereIsNoRule() {
        ScopeSettings settings = ScopeSettings.of(
                config("two words", false, -5, "x", "a=0:b", "a=3:c,d", "p=1:password"),
                Map.of("name", "two words", "scheme", "typo"));
        assertThat(settings.rule()).isEmpty();
        assertThat(String.join("\n", settings.faults()))
                .contains(
                        "no setting \"scheme\"",
                        "The name is no scope",
                        "-5 is negative",
                        "\"x\" is not of the form",
                        "not 0 schemes",
                        "not 3 schemes",
                        "two groups a",
                        "A password is no scheme");
    }

    @Test
    public void withoutARuleNobodyMayHaveIt_twoOfOneScopeToo() {
        ConfiguredScopes scopes = new ConfiguredScopes();
        ConfiguredScope vault = new ConfiguredScope(config("vault", true, 0), Map.of());
        assertThat(scopes.isRuled("oidc", "vault")).isFalse();
        scopes.bindScope(vault);
        assertThat(scopes.rule("oidc", "vault")).isPresent();
        scopes.bindScope(new ConfiguredScope(config("vault", false, 0), Map.of()));
        assertThat(scopes.rule("oidc", "vault")).isEmpty();
        assertThat(scopes.isRuled("oidc", "vault")).isTrue();
        vault.modified(config("vault", true, 0, "nonsense"), Map.of());
        assertThat(scopes.rule("oidc", "vault")).isEmpty();
    }

    @Test
    public void aRuleMayBeAboutOneInstanceAndItsTitleInManyLanguages() {
        ConfiguredScopes scopes = new ConfiguredScopes();
        String[] titles = {"Open it", "de=Öffnen", "fr=Ouvrir = oui"};
        scopes.bindScope(new ConfiguredScope(
                new Written("vault", "oidc", titles, true, 0, new String[0], 0, 0, new String[0]), Map.of()));
        assertThat(scopes.isRuled("other", "vault")).isFalse();
        assertThat(scopes.titles("oidc", "vault"))
                .containsOnly(Map.entry("", "Open it"), Map.entry("de", "Öffnen"), Map.entry("fr", "Ouvrir = oui"));
    }
}

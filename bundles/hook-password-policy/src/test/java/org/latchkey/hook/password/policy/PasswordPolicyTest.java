package org.latchkey.hook.password.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Change;

public class PasswordPolicyTest {

    private static final Entity ADA = Entity.named("ada.lovelace")
            .withMeta(MetaField.DISPLAY_NAME, "Countess Ada")
            .withMeta(MetaField.LEGAL_NAME, "Augusta Ada King-Noel");

    @Rule
    public final TemporaryFolder etc = new TemporaryFolder();

    private PasswordPolicy policy(Map<String, Object> settings) throws IOException {
        return new PasswordPolicy(Configs.with(settings), etc.getRoot().toPath());
    }

    private static Change<Entity> change(Optional<Entity> before, Optional<Secret> secret) {
        return new Change<>(Caller.shell("request"), before, secret);
    }

    private static void set(PasswordPolicy policy, String secret) {
        try (Secret given = Secret.of(secret.toCharArray())) {
            assertThat(policy.preSecretChange(ADA, change(Optional.of(ADA), Optional.of(given))))
                    .isSameAs(ADA);
        }
    }

    private static void assertRefused(PasswordPolicy policy, String secret, String code) {
        assertThatThrownBy(() -> set(policy, secret)).as(secret).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.POLICY);
            assertThat(refusal.getMessage()).endsWith(".").doesNotContainIgnoringCase(secret);
        });
    }

    @Test
    public void row42_theLeastLengthHoldsOnChangeAndOnCreation() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        assertRefused(policy, "vw7 kq2 zmd 4x", "secret-too-short");
        set(policy, "vw7 kq2 zmd 4xu");

        try (Secret given = Secret.of("123".toCharArray())) {
            assertThatThrownBy(() -> policy.preSecretChange(ADA, change(Optional.empty(), Optional.of(given))))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    public void l05_lengthIsCountedInCodePoints() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        String faces = "😀🙈🚀🌍🎸🍕🐢🎲🔧📚🌵🧀🪁";
        assertRefused(policy, faces + "🧵", "secret-too-short");
        set(policy, faces + "🧵🧲");
    }

    @Test
    public void l05_sixtyFourAndTheGreatestLengthPassAndOneMoreDoesNot() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        String words = "vw7 kq2 zmd 4xu ".repeat(16);
        set(policy, words.substring(0, 64));
        set(policy, words);
        assertRefused(policy, words + "x", "secret-too-long");
    }

    @Test
    public void l05_bothFormsOfAnUmlautAreTheSameSecret() throws IOException {
        Files.writeString(etc.getRoot().toPath().resolve("more.txt"), "käsekuchenrezept\n");
        PasswordPolicy policy = policy(Map.of("blocklist", "more.txt"));
        assertRefused(policy, "Ka\u0308sekuchenrezept", "secret-commonplace");
        assertRefused(policy, "K\u00c4SEKUCHENREZEPT", "secret-commonplace");
    }

    @Test
    public void l05_commonplaceSecretsAreRefusedAlsoRepeatedAndWithTrimmings() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        for (String secret : new String[] {
            "correcthorsebatterystaple",
            "Correct Horse Battery Staple",
            "PasswordPassword",
            "passwordpasswordpass",
            "password12345678",
            "!!!!!!!Password!!!",
            "iloveyou20242024",
            "1q2w3e4r5t6y7u8i",
            "314159265358979"
        }) {
            assertRefused(policy, secret, "secret-commonplace");
        }
    }

    @Test
    public void l05_countingToTenAndOnIsRefused() throws IOException {
        assertRefused(policy(Map.of()), "1234567890123456", "secret-commonplace");
    }

    @Test
    public void eightCharactersMayHoldASequenceOrEndAsTheyBegan() throws IOException {
        PasswordPolicy policy = policy(Map.of("minLength", 8));
        set(policy, "fastkiwi");
        set(policy, "k7zp!q8k");
        assertRefused(policy, "abcd9876", "secret-sequential");
        assertRefused(policy, "k7zpk7zp", "secret-repetitive");
    }

    @Test
    public void l05_repetitionIsRefused() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        for (String secret : new String[] {
            "aaaaaaaaaaaaaaaa", "xyxyxyxyxyxyxyx", "k7z!k7z!k7z!k7z!", "k7z!pq8k7z!pq8k", "                "
        }) {
            assertRefused(policy, secret, "secret-repetitive");
        }
    }

    @Test
    public void l05_sequencesAreRefused() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        for (String secret : new String[] {
            "2345678901234567",
            "987654321098765",
            "abcdefghijklmnop",
            "qwertyuiopasdfgh",
            "aaaaabbbbbccccc",
            "abcd1234efgh5678",
            "POIUYTREWQLKJHG",
            "qwertzuiop!@#$%^"
        }) {
            assertRefused(policy, secret, "secret-sequential");
        }
    }

    @Test
    public void l05_namesOfTheOwnerAndTheServiceMakeNoSecret() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        for (String secret : new String[] {
            "ada.lovelace1815",
            "LovelaceLovelace1",
            "Countess-Ada-2024",
            "augusta-king-noel",
            "latchkey-lovelace",
            "Latchkey12345678"
        }) {
            assertRefused(policy, secret, "secret-made-of-names");
        }
    }

    @Test
    public void goodSecretsPassWhateverKindsOfCharactersTheyHave() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        for (String secret : new String[] {
            "kettle orbit walnut",
            "ada walks her goose home",
            "   spaces at both ends   ",
            "schöne Grüße aus Zürich",
            "пароль для проверки",
            "三十六計走為上計知己知彼百戰不殆",
            "4711-0815-2039-7746",
            "password manager made this",
            "adaadaada7Hq#pZ2!vB"
        }) {
            set(policy, secret);
        }
    }

    @Test
    public void contextWordsAreTheOperators() throws IOException {
        PasswordPolicy policy = policy(Map.of("contextWords", new String[] {"Analytical Engines"}));
        assertRefused(policy, "AnalyticalEngines1", "secret-made-of-names");
    }

    @Test
    public void withoutTheGrantNothingPasses() throws IOException {
        PasswordPolicy policy = policy(Map.of());
        assertThatThrownBy(() -> policy.preSecretChange(ADA, change(Optional.of(ADA), Optional.empty())))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("grant-missing"))
                .hasMessageContaining("secret:read");
    }

    @Test
    public void settingsThatMakeNoSenseAreRefusedAtActivation() {
        assertThatThrownBy(() -> policy(Map.of("minLength", 7))).hasMessageContaining("minLength");
        assertThatThrownBy(() -> policy(Map.of("maxLength", 63))).hasMessageContaining("maxLength");
        assertThatThrownBy(() -> policy(Map.of("minLength", 100, "maxLength", 99)))
                .hasMessageContaining("maxLength");
    }

    @Test
    public void aBlocklistThatCannotBeReadIsRefusedAtActivation() throws IOException {
        assertThatThrownBy(() -> policy(Map.of("blocklist", "gone.txt"))).isInstanceOf(IOException.class);

        Path latin = etc.getRoot().toPath().resolve("latin.txt");
        Files.write(latin, "käse".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> policy(Map.of("blocklist", latin.toString())));
    }
}

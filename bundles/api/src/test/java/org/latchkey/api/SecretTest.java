package org.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class SecretTest {

    private static final String PLAINTEXT = "correct horse";

    @Test
    public void itTakesTheCharactersAndWipesWhatItWasGiven() {
        char[] given = PLAINTEXT.toCharArray();
        Secret secret = Secret.of(given);
        assertThat(secret.chars()).isEqualTo(PLAINTEXT.toCharArray());
        assertThat(given).containsOnly('\0');
        assertThat(new String(secret.utf8(), StandardCharsets.UTF_8)).isEqualTo(PLAINTEXT);
    }

    @Test
    public void nothingIsLeftOnceItIsClosed() {
        Secret secret = Secret.of(PLAINTEXT.toCharArray());
        Secret copy = secret.copy();
        secret.close();
        assertThat(secret.chars()).containsOnly('\0');
        assertThat(secret.length()).isZero();
        assertThat(copy.chars()).isEqualTo(PLAINTEXT.toCharArray());
    }

    @Test
    public void itIsNeverPrinted() {
        assertThat(Secret.of(PLAINTEXT.toCharArray())).hasToString("Secret[]");
    }

    @Test
    public void twoWaysToTypeOneSecretAreOneSecret() {
        assertThat(Secret.of("cafe\u0301".toCharArray()).utf8())
                .isEqualTo(Secret.of("caf\u00e9".toCharArray()).utf8());
    }

    @Test
    public void itsLengthIsInCodePoints() {
        assertThat(Secret.of("\uD83D\uDD11\uD83D\uDD11".toCharArray()).length()).isEqualTo(2);
        assertThat(Secret.of(new char[0]).length()).isZero();
    }
}

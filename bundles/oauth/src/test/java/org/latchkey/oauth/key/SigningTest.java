package org.latchkey.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.junit.Test;

public class SigningTest {

    @Test
    public void aKeyThatIsTooShortIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        PrivateKey tooShort = generator.generateKeyPair().getPrivate();
        assertThatThrownBy(() -> Signing.of(JWSAlgorithm.RS256, tooShort, Optional.empty()))
                .hasMessageContaining("2048");
    }

    @Test
    public void theFormOfTheSignatureIsThatOfJws() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        PrivateKey key = generator.generateKeyPair().getPrivate();
        Signing signing = Signing.of(JWSAlgorithm.ES256, key, Optional.empty());
        for (int i = 0; i < 50; i++) {
            assertThat(signing.sign(new byte[] {1, 2, 3})).hasSize(64);
        }
    }

    @Test
    public void theTextShowsNoKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        assertThat(Signing.of(JWSAlgorithm.PS256, key, Optional.empty()).toString())
                .isEqualTo("Signing[RSASSA-PSS]");
    }
}

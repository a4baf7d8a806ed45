package org.latchkey.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import java.security.Provider;
import java.security.Security;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.testkit.MemoryStore;

/** Two nodes with one store, of which one signs by a provider and the other by the platform: nobody sees a difference. */
public class ProviderTest {

    private static final List<JWSAlgorithm> ALL = List.copyOf(SigningKeys.ABLE);
    private static final Map<String, Object> CLAIMS = Map.of("sub", "alice");

    private static void assertInterchangeable(Provider provider) {
        MemoryStore store = new MemoryStore();
        SigningKeys by = new SigningKeys(store, "oidc", ALL, Optional.of(provider), Clock.systemUTC());
        SigningKeys platform = new SigningKeys(store, "oidc", ALL, Optional.empty(), Clock.systemUTC());
        for (JWSAlgorithm algorithm : ALL) {
            String one = by.sign(algorithm, JOSEObjectType.JWT, CLAIMS);
            String other = platform.sign(algorithm, JOSEObjectType.JWT, CLAIMS);

            assertThat(platform.verify(one, JOSEObjectType.JWT))
                    .as("%s, there", algorithm)
                    .contains(CLAIMS);
            assertThat(by.verify(other, JOSEObjectType.JWT))
                    .as("%s, back", algorithm)
                    .contains(CLAIMS);
            assertThat(by.verify(mixed(one, other), JOSEObjectType.JWT))
                    .as("%s, another signature", algorithm)
                    .isEmpty();
        }
    }

    /** The signature of other claims. */
    private static String mixed(String one, String other) {
        String input = one.substring(0, one.lastIndexOf('.'));
        String forged = input.substring(0, input.indexOf('.') + 1) + "eyJzdWIiOiJyb290In0";
        return forged + other.substring(other.lastIndexOf('.'));
    }

    @Test
    public void theNativeProvider() {
        // As bundles/crypto does.
        System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
        AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
        assumeTrue("there is a library for this platform", corretto.getLoadingError() == null);
        assertThat(corretto.getService("KeyFactory", "Ed25519")).isNotNull();
        assertInterchangeable(corretto);
    }

    @Test
    public void aProviderThatOffersOnlyAPart() {
        assertInterchangeable(Security.getProvider("SunRsaSign"));
    }

    @Test
    public void aProviderThatOffersNothing() {
        assertInterchangeable(Security.getProvider("SunJGSS"));
    }
}

package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Set;
import org.junit.Test;
import org.latchkey.oauth.client.ClientDemands;
import org.latchkey.oauth.dpop.NoncePolicy;

public class Fapi2Test {

    private static Settings set(long code, long pushed) {
        return new Settings(
                Set.of("payments"),
                Set.of("code", "code id_token", "token"),
                Duration.ofSeconds(code),
                Duration.ofMinutes(15),
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                false,
                Set.of("payment"),
                new Security(
                        Duration.ofSeconds(pushed),
                        false,
                        true,
                        true,
                        NoncePolicy.ALL,
                        false,
                        true,
                        ClientDemands.NONE));
    }

    @Test
    public void row143_everythingBecomesStricter() {
        Settings strict = Fapi2.of(set(600, 3_600));
        assertThat(strict.responseTypes()).containsExactly("code");
        assertThat(strict.code()).isEqualTo(Duration.ofSeconds(60));
        assertThat(strict.pkceForAll()).isTrue();
        Security security = strict.security();
        assertThat(security.pushed()).isLessThan(Duration.ofSeconds(600));
        assertThat(security.pushedOnly()).isTrue();
        assertThat(security.requestUris()).isFalse();
        assertThat(security.boundOnly()).isTrue();
        assertThat(security.rotates()).isFalse();
        assertThat(security.clients().methods()).doesNotContain("none", "client_secret_basic", "client_secret_jwt");
        assertThat(security.clients().algorithms())
                .containsExactlyInAnyOrder(JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);
    }

    @Test
    public void row143_nothingBecomesLaxer() {
        Settings strict = Fapi2.of(set(20, 30));
        assertThat(strict.code()).isEqualTo(Duration.ofSeconds(20));
        assertThat(strict.security().pushed()).isEqualTo(Duration.ofSeconds(30));
        assertThat(strict.security().signedOnly()).isTrue();
        assertThat(strict.security().nonces()).isEqualTo(NoncePolicy.ALL);
        assertThat(strict.scopes()).containsExactly("payments");
    }
}

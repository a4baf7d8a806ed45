package org.latchkey.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Set;
import org.latchkey.oauth.client.ClientDemands;

/**
 * The FAPI 2.0 Security Profile: what {@code profile=fapi2} makes of the operator's settings. It makes them stricter and never
 * laxer. Each line stands for the requirement beside it; what is not here, such as {@code iss} in answers and S256 alone for PKCE,
 * this server always does.
 */
final class Fapi2 {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

    private static final Set<String> METHODS =
            Set.of("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");

    private static final Duration LONGEST_CODE = Duration.ofSeconds(60);
    private static final Duration LONGEST_PUSHED = Duration.ofSeconds(599);

    private Fapi2() {}

    static Settings of(Settings set) {
        return new Settings(
                set.scopes(),
                Set.of("code"), //                                          5.3.2.2: the code flow alone
                shorter(set.code(), LONGEST_CODE), //                       5.3.2.1: codes live a minute at most
                set.accessToken(),
                set.idToken(),
                set.refreshToken(),
                true, //                                                    5.3.2.2: PKCE from every client
                set.detailTypes(),
                of(set.security()));
    }

    private static Security of(Security set) {
        return new Security(
                shorter(set.pushed(), LONGEST_PUSHED), //                   5.3.2.2: less than ten minutes
                true, //                                                    5.3.2.2: requests are pushed
                set.signedOnly(),
                false, //                                                   (nothing else is taken by address)
                set.nonces(),
                true, //                                                    5.3.2.1: tokens are bound to their client
                false, //                                                   5.3.2.1: refresh tokens are not replaced
                new ClientDemands(
                        METHODS, //                                         5.3.2.1: keys and certificates, no secrets
                        ALGORITHMS, //                                      5.4.1: PS256, ES256 and EdDSA for everything
                        true)); //                                          5.3.2.1: assertions are for the issuer alone
    }

    private static Duration shorter(Duration set, Duration longest) {
        return set.compareTo(longest) < 0 ? set : longest;
    }
}

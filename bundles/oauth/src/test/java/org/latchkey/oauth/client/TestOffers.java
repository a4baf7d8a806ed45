package org.latchkey.oauth.client;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.List;
import java.util.Set;
import org.latchkey.oauth.Issuer;

/** What instances offer in tests. */
public final class TestOffers {

    private TestOffers() {}

    /** Everything, at a server in earnest. */
    public static Offer all() {
        return at("https://id.example");
    }

    public static Offer at(String publicUrl) {
        return new Offer(
                Issuer.of(publicUrl, "oidc"),
                Set.of("openid", "profile", "offline_access"),
                Set.of("authorization_code", "refresh_token", "implicit", "client_credentials"),
                Set.of("code", "id_token", "code id_token", "token id_token", "none"),
                Set.of("client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"),
                Set.of("public", "pairwise"),
                List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.HS256),
                Set.of("RS256", "ES256", "none"));
    }
}

package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class CredentialChecksTest {

    private static final Map<String, Object> WEB = Map.of("redirect_uris", List.of("https://app.example/cb"));

    private final ClientMetadata metadata = new ClientMetadata(TestOffers.all());

    private static Map<String, Object> with(Map<String, Object> base, Object... members) {
        Map<String, Object> all = new LinkedHashMap<>(base);
        for (int i = 0; i < members.length; i += 2) {
            all.put((String) members[i], members[i + 1]);
        }
        return all;
    }

    private void accepts(Map<String, Object> given) {
        assertThat(metadata.judge(given).faults()).as(given.toString()).isEmpty();
    }

    private void refuses(String pointer, Map<String, Object> given) {
        assertThat(metadata.judge(given).faults())
                .as(given.toString())
                .extracting(Fault::pointer)
                .containsExactly(pointer);
    }

    private static Map<String, Object> keys(JWK key) {
        return new JWKSet(key).toJSONObject(false);
    }

    @Test
    public void keys() throws Exception {
        JWK key = new ECKeyGenerator(Curve.P_256).generate();
        Map<String, Object> good = new JWKSet(key).toJSONObject(true);
        Map<String, Object> signing = with(WEB, "token_endpoint_auth_method", "private_key_jwt");
        accepts(with(signing, "jwks", good, "token_endpoint_auth_signing_alg", "ES256"));
        Map<String, Object> exported =
                with(key.toPublicJWK().toJSONObject(), "ext", true, "key_ops", List.of("verify"));
        accepts(with(signing, "jwks", Map.of("keys", List.of(exported), "comment", "x")));
        accepts(with(signing, "jwks_uri", "https://app.example/jwks"));
        refuses("/jwks", signing);
        refuses("/jwks_uri", with(signing, "jwks", good, "jwks_uri", "https://app.example/jwks"));
        for (Object bad : List.of(
                "x",
                Map.of(),
                Map.of("keys", List.of()),
                Map.of("keys", List.of(1)),
                Map.of("keys", List.of(Map.of("kty", "EC"))),
                Map.of("keys", List.of(Map.of("kty", "RSA", "n", "AQAB", "e", Map.of("a", "b")))),
                keys(key),
                keys(new OctetSequenceKeyGenerator(256).generate()),
                new JWKSet(new RSAKeyGenerator(1024, true).generate()).toJSONObject(true))) {
            assertThat(metadata.judge(with(WEB, "jwks", bad)).faults())
                    .extracting(Fault::pointer)
                    .containsExactly("/jwks");
        }
    }

    @Test
    public void algorithms() {
        accepts(with(WEB, "id_token_signed_response_alg", "HS256", "userinfo_signed_response_alg", "ES256"));
        refuses("/id_token_signed_response_alg", with(WEB, "id_token_signed_response_alg", "none"));
        refuses("/id_token_signed_response_alg", with(WEB, "id_token_signed_response_alg", "RS512"));
        refuses(
                "/id_token_signed_response_alg",
                with(WEB, "id_token_signed_response_alg", "HS256", "token_endpoint_auth_method", "none"));
        Map<String, Object> mac = with(WEB, "token_endpoint_auth_method", "client_secret_jwt");
        accepts(with(mac, "token_endpoint_auth_signing_alg", "HS256"));
        refuses("/token_endpoint_auth_signing_alg", with(mac, "token_endpoint_auth_signing_alg", "RS256"));
        refuses("/token_endpoint_auth_signing_alg", with(mac, "token_endpoint_auth_signing_alg", "none"));
        accepts(with(WEB, "request_object_signing_alg", "none"));
        refuses("/request_object_signing_alg", with(WEB, "request_object_signing_alg", "HS256"));
        refuses("/jwks", with(WEB, "request_object_signing_alg", "RS256"));
        refuses("/id_token_encrypted_response_alg", with(WEB, "id_token_encrypted_response_alg", "RSA-OAEP-256"));
    }
}

package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.oauth.Client;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.client.Presented.Kind;

public class ClientDemandsTest {

    private static final Issuer ISSUER = Issuer.of("https://id.example", "oidc");

    private final ClientDemands demands = new ClientDemands(
            Set.of("private_key_jwt"), Set.of(JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA), true);

    private static RegisteredClient client(String method) {
        return new RegisteredClient(
                new Client("app", Map.of("token_endpoint_auth_method", method), List.of(), false, Set.of()));
    }

    private static Presented assertion(String algorithm, String audience) {
        String jwt = base64("{\"alg\":\"" + algorithm + "\"}") + "." + base64("{\"aud\":" + audience + "}") + ".AA";
        return new Presented(Kind.ASSERTION, "app", jwt);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> fault(String method, Presented presented) {
        return demands.fault(client(method), presented, ISSUER);
    }

    @Test
    public void row143_waysToAuthenticate() {
        String issuer = "\"https://id.example/oidc\"";
        assertThat(fault("private_key_jwt", assertion("PS256", issuer))).isEmpty();
        assertThat(fault("client_secret_basic", new Presented(Kind.BASIC, "app", "s")))
                .isPresent();
        assertThat(fault("client_secret_jwt", assertion("HS256", issuer))).isPresent();
        assertThat(fault("none", new Presented(Kind.NONE, "app", ""))).isPresent();
        assertThat(ClientDemands.NONE.fault(client("none"), new Presented(Kind.NONE, "app", ""), ISSUER))
                .isEmpty();
        assertThat(ClientDemands.NONE.fault(client("client_secret_jwt"), assertion("HS256", issuer), ISSUER))
                .isEmpty();
    }

    @Test
    public void row143_algorithmsAndAudiencesOfAssertions() {
        String issuer = "\"https://id.example/oidc\"";
        assertThat(fault("private_key_jwt", assertion("RS256", issuer))).isPresent();
        assertThat(fault("private_key_jwt", assertion("ES256", "\"https://id.example/oidc/token\"")))
                .isPresent();
        assertThat(fault("private_key_jwt", assertion("ES256", "[" + issuer + "]")))
                .isPresent();
        assertThat(fault("private_key_jwt", assertion("ES256", "null"))).isPresent();
    }
}

package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.oauth.Client;

public class EdwardsSignatureTest {

    /** RFC 8037, A.4. */
    private static final String RFC_KEY =
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"," + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

    private static final String RFC_JWS = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
            + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    private static Base64URL base64(String text) {
        return Base64URL.encode(text);
    }

    private static SignedJWT signed(KeyPair pair, String header) throws Exception {
        Base64URL head = base64(header);
        Base64URL claims = base64("{\"sub\":\"app\"}");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
        return new SignedJWT(head, claims, Base64URL.encode(signature.sign()));
    }

    private static String jwk(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        Base64URL x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}";
    }

    @Test
    public void rfc8037_theExampleVerifies() throws Exception {
        assertThat(EdwardsSignature.isBy(OctetKeyPair.parse(RFC_KEY), SignedJWT.parse(RFC_JWS)))
                .isTrue();
    }

    @Test
    public void aClientSignsWithEd25519() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Map<String, Object> keys =
                JWKSet.parse("{\"keys\":[" + jwk(pair) + "]}").toJSONObject(true);
        RegisteredClient client =
                new RegisteredClient(new Client("app", Map.of("jwks", keys), List.of(), false, Set.of()));
        ClientKeys clientKeys = new ClientKeys(uri -> "", Clock.systemUTC());
        for (String algorithm : List.of("EdDSA", "Ed25519")) {
            SignedJWT good = signed(pair, "{\"alg\":\"" + algorithm + "\"}");
            assertThat(clientKeys.isSignedBy(client, good)).as(algorithm).isTrue();
        }
    }

    @Test
    public void whatIsNotSoIsRefused() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        OctetKeyPair key = OctetKeyPair.parse(jwk(pair));
        SignedJWT good = signed(pair, "{\"alg\":\"EdDSA\"}");
        assertThat(EdwardsSignature.isBy(key, good)).isTrue();
        assertThat(EdwardsSignature.isBy(OctetKeyPair.parse(RFC_KEY), good)).isFalse();
        assertThat(EdwardsSignature.isBy(key, signed(pair, "{\"alg\":\"EdDSA\",\"crit\":[\"exp\"],\"exp\":1}")))
                .isFalse();
        Base64URL[] parts = good.getParsedParts();
        for (Base64URL bad :
                List.of(Base64URL.encode(new byte[64]), Base64URL.encode(new byte[1]), base64("x".repeat(64)))) {
            assertThat(EdwardsSignature.isBy(key, new SignedJWT(parts[0], parts[1], bad)))
                    .isFalse();
        }
        assertThat(EdwardsSignature.isBy(key, new SignedJWT(parts[0], base64("{\"sub\":\"root\"}"), parts[2])))
                .isFalse();
        OctetKeyPair x25519 = OctetKeyPair.parse(jwk(pair).replace("Ed25519", "X25519"));
        assertThat(EdwardsSignature.isBy(x25519, good)).isFalse();
        OctetKeyPair small = OctetKeyPair.parse("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}");
        assertThat(EdwardsSignature.isBy(small, good)).isFalse();
    }
}

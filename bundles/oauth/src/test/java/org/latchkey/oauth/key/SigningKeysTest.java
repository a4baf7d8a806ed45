package org.latchkey.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.ReplicaStore;

public class SigningKeysTest {

    private static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");
    private static final Map<String, Object> CLAIMS = Map.of("sub", "alice", "exp", 1_700_000_000L);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final MemoryStore store = new MemoryStore();

    private SigningKeys keys(JWSAlgorithm... algorithms) {
        return new SigningKeys(store, "oidc", List.of(algorithms), Optional.empty(), clock);
    }

    @Test
    public void everyAlgorithmSignsWhatOthersVerifyByThePublishedKey() throws Exception {
        List<JWSAlgorithm> all = List.copyOf(SigningKeys.ABLE);
        SigningKeys keys = new SigningKeys(store, "oidc", all, Optional.empty(), Clock.systemUTC());
        JWKSet published = JWKSet.parse(keys.publicSet());
        for (JWSAlgorithm algorithm : all) {
            String token = keys.sign(algorithm, ACCESS, CLAIMS);
            JWSObject parsed = JWSObject.parse(token);
            JWK key = published.getKeyByKeyId(parsed.getHeader().getKeyID());

            assertThat(parsed.getHeader().toJSONObject())
                    .isEqualTo(Map.of("alg", algorithm.getName(), "typ", "at+jwt", "kid", key.getKeyID()));
            assertThat(parsed.verify(verifier(key))).as(algorithm.getName()).isTrue();
            assertThat(parsed.getPayload().toJSONObject()).isEqualTo(CLAIMS);
            assertThat(keys.verify(token, ACCESS)).contains(CLAIMS);
        }
    }

    private static JWSVerifier verifier(JWK key) throws Exception {
        if (key instanceof OctetKeyPair octets) {
            return new Ed25519Verifier(new KeyPairs(Optional.empty()).publicKey(octets), Optional.empty());
        }
        return key.getKeyType().getValue().equals("RSA")
                ? new RSASSAVerifier(key.toRSAKey())
                : new ECDSAVerifier(key.toECKey());
    }

    /** RFC 8037, A.4: a vector that this code did not make. */
    @Test
    public void ed25519SignsAsInTheSpecification() throws Exception {
        OctetKeyPair key = OctetKeyPair.parse("{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                + "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
                + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
        KeyPairs pairs = new KeyPairs(Optional.empty());
        byte[] input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);

        assertThat(new Ed25519Signer(pairs.privateKey(key), Optional.empty())
                        .sign(null, input)
                        .toString())
                .isEqualTo(
                        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt" + "9g7sVvpAr_MuM0KAg");
    }

    @Test
    public void publishesPublicPartsAlone() throws Exception {
        SigningKeys keys = keys(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);
        Map<String, Object> set = Json.read(keys.publicSet());

        assertThat((List<?>) set.get("keys")).hasSize(6).allSatisfy(each -> assertThat(((Map<?, ?>) each).keySet())
                .asInstanceOf(InstanceOfAssertFactories.iterable(Object.class))
                .contains("kty", "kid", "alg", "use")
                .doesNotContain("d", "p", "q", "dp", "dq", "qi", "oth", "k"));
        assertThat(JWKSet.parse(keys.publicSet()).getKeys()).noneMatch(JWK::isPrivate);
    }

    @Test
    public void nothingIsMadeBeforeItIsAskedFor() {
        SigningKeys keys = keys(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
        assertThat(store.list(StoredKey.KIND, "", "", 10)).isEmpty();

        keys.sign(JWSAlgorithm.ES256, ACCESS, CLAIMS);
        assertThat(store.list(StoredKey.KIND, "", "", 10)).hasSize(1);
    }

    @Test
    public void whatIsSaidComesBackUnmodifiable() {
        SigningKeys keys = keys(JWSAlgorithm.ES256);
        Map<String, Object> claims = Map.of("aud", List.of("a", "b"), "act", Map.of("sub", "b"), "n", 1, "t", true);
        String token = keys.sign(JWSAlgorithm.ES256, ACCESS, claims);
        Map<String, Object> read = keys.verify(token, ACCESS).orElseThrow();

        assertThat(read).isEqualTo(Map.of("aud", List.of("a", "b"), "act", Map.of("sub", "b"), "n", 1L, "t", true));
        assertThatThrownBy(() -> read.put("sub", "root")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) read.get("aud")).clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) read.get("act")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    public void aTokenOfOneTypeIsNoTokenOfAnother() {
        SigningKeys keys = keys(JWSAlgorithm.ES256);
        String token = keys.sign(JWSAlgorithm.ES256, ACCESS, CLAIMS);

        assertThat(keys.verify(token, JOSEObjectType.JWT)).isEmpty();
        assertThat(keys.verify(token, ACCESS)).isPresent();
        assertThat(keys.verify(token, JOSEObjectType.JWT))
                .as("also when it is remembered")
                .isEmpty();
    }

    @Test
    public void anotherServersTokensAreNotOurs() {
        SigningKeys others = new SigningKeys(store, "oidc2", List.of(JWSAlgorithm.ES256), Optional.empty(), clock);
        String token = others.sign(JWSAlgorithm.ES256, ACCESS, CLAIMS);

        assertThat(others.verify(token, ACCESS)).isPresent();
        assertThat(keys(JWSAlgorithm.ES256).verify(token, ACCESS)).isEmpty();
    }

    @Test
    public void aReadOnlyNodeVerifiesAndPublishesAndMakesNoKeys() throws Exception {
        SigningKeys replica =
                new SigningKeys(new ReplicaStore(store), "oidc", List.of(JWSAlgorithm.ES256), Optional.empty(), clock);
        assertThat(JWKSet.parse(replica.publicSet()).getKeys()).isEmpty();
        assertThatThrownBy(() -> replica.sign(JWSAlgorithm.ES256, ACCESS, CLAIMS))
                .isInstanceOf(Refusal.class);
        replica.tidy();

        SigningKeys primary = keys(JWSAlgorithm.ES256);
        primary.tidy();
        replica.tidy();
        String token = primary.sign(JWSAlgorithm.ES256, ACCESS, CLAIMS);
        assertThat(replica.verify(token, ACCESS)).contains(CLAIMS);
        assertThat(replica.publicSet()).isEqualTo(primary.publicSet());
    }

    @Test
    public void whatCannotBeSignedIsSaidClearly() {
        SigningKeys keys = keys(JWSAlgorithm.ES256);
        assertThatThrownBy(() -> keys.sign(JWSAlgorithm.RS256, ACCESS, CLAIMS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RS256");
        assertThatThrownBy(() -> keys.sign(JWSAlgorithm.ES256, ACCESS, Map.of("long", "x".repeat(70_000))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_LARGE));
        Map<String, Object> deep = new HashMap<>();
        Map<String, Object> innermost = deep;
        for (int i = 0; i < 100; i++) {
            Map<String, Object> inner = new HashMap<>();
            innermost.put("in", inner);
            innermost = inner;
        }
        assertThatThrownBy(() -> keys.sign(JWSAlgorithm.ES256, ACCESS, deep))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void onlyKnownAlgorithmsAndMountsAreTaken() {
        assertThatThrownBy(() -> keys(JWSAlgorithm.HS256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(this::keys).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SigningKeys(store, "oidc/x", List.of(JWSAlgorithm.ES256), Optional.empty(), clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void noPrivateKeyShowsInText() throws Exception {
        SigningKeys keys = keys(JWSAlgorithm.ES256);
        keys.tidy();
        for (StoredKey key : new KeyStorage(store, "oidc", clock).read().keys()) {
            String secret = key.jwk().toECKey().getD().toString();
            assertThat(key.toString()).doesNotContain(secret).contains(key.kid());
            assertThat(new SigningKey(key, new KeyPairs(Optional.empty())).toString())
                    .doesNotContain(secret);
            assertThat(store.get(StoredKey.KIND, "oidc/" + key.kid())
                            .orElseThrow()
                            .toString())
                    .doesNotContain(secret);
        }
    }
}

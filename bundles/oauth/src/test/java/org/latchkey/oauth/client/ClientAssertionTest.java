package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

public class ClientAssertionTest {

    private static final RSAKey RSA = rsa();
    private static final ECKey EC = ec();
    private static final String ISSUER = "https://id.example/oidc";

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final StoredClients stored = new StoredClients(store, clock);
    private String secret;

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Before
    public void register() {
        Map<String, Object> keys = new JWKSet(List.of(RSA, EC)).toJSONObject(true);
        register("app", Map.of("token_endpoint_auth_method", "private_key_jwt", "jwks", keys));
        register(
                "fixed",
                Map.of(
                        "token_endpoint_auth_method",
                        "private_key_jwt",
                        "token_endpoint_auth_signing_alg",
                        "ES256",
                        "jwks",
                        keys));
        register("basic", Map.of());
        secret = register("mac", Map.of("token_endpoint_auth_method", "client_secret_jwt"));
    }

    private String register(String id, Map<String, Object> metadata) {
        StoredClients.Issued issued = stored.withFittingSecret("oidc", StoredClient.of(id, metadata, clock.instant()));
        stored.create("oidc", issued.client(), "root");
        return issued.secret().orElse("");
    }

    /** A node of its own each time: what it remembers is in the store alone. */
    private ClientAuthentication node() {
        return new ClientAuthentication(
                new Clients(new LocalExtensionPoints(), stored, "oidc"),
                Issuer.of("https://id.example", "oidc"),
                new ClientKeys(
                        uri -> {
                            throw new java.io.IOException("nothing is fetched");
                        },
                        clock),
                new Once(store, clock),
                clock);
    }

    private JWTClaimsSet.Builder claims(String client) {
        return new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(ISSUER)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                .jwtID(UUID.randomUUID().toString());
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("rsa").build(), claims, new RSASSASigner(RSA));
    }

    private String authenticated(String path, String assertion) throws Refused {
        Parameters form = Parameters.ofValues(
                Map.of("client_assertion_type", Presented.ASSERTION_TYPE, "client_assertion", assertion));
        return node().authenticate(Asked.of("POST", path), form).id();
    }

    private void refuses(String what, String assertion) {
        assertThatExceptionOfType(Refused.class)
                .as(what)
                .isThrownBy(() -> authenticated("/token", assertion))
                .satisfies(no -> assertThat(no.error() + no.status()).isEqualTo("invalid_client401"));
    }

    private void refuses(String what, Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        JWTClaimsSet.Builder claims = claims("app");
        change.accept(claims);
        refuses(what, signed(claims.build()));
    }

    @Test
    public void oidcc_ensure_client_assertion_with_iss_aud_succeeds() throws Exception {
        assertThat(authenticated("/token", signed(claims("app").build()))).isEqualTo("app");
    }

    @Test
    public void theAudienceMayBeTheTokenEndpointOrTheOneThatIsAsked() throws Exception {
        for (String audience : List.of(ISSUER + "/token", ISSUER + "/par")) {
            assertThat(authenticated(
                            "/par", signed(claims("app").audience(audience).build())))
                    .isEqualTo("app");
        }
        assertThat(authenticated(
                        "/token",
                        signed(claims("app")
                                .audience(List.of(ISSUER, ISSUER + "/token"))
                                .build())))
                .isEqualTo("app");
        refuses("that of another endpoint", claims -> claims.audience(ISSUER + "/par"));
    }

    @Test
    public void ellipticCurvesAndMacsWorkToo() throws Exception {
        JWSHeader es256 = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build();
        assertThat(authenticated("/token", signed(es256, claims("fixed").build(), new ECDSASigner(EC))))
                .isEqualTo("fixed");
        assertThat(authenticated(
                        "/token",
                        signed(new JWSHeader(JWSAlgorithm.HS256), claims("mac").build(), new MACSigner(secret))))
                .isEqualTo("mac");
        refuses(
                "another secret",
                signed(new JWSHeader(JWSAlgorithm.HS256), claims("mac").build(), new MACSigner(Secrets.random())));
    }

    @Test
    public void o15_aReplayIsRefusedAlsoAfterARestart() throws Exception {
        String assertion = signed(claims("app").build());
        assertThat(authenticated("/token", assertion)).isEqualTo("app");
        refuses("replay", assertion);
        clock.advance(Duration.ofSeconds(89));
        refuses("replay within the skew", assertion);
        clock.advance(Duration.ofDays(1));
        refuses("replay of what was swept", assertion);
    }

    @Test
    public void o15_aRefusedAssertionIsNotUsedUp() throws Exception {
        JWTClaimsSet claims = claims("app").build();
        String other =
                signed(new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("rsa").build(), claims, new RSASSASigner(rsa()));
        refuses("the key of somebody else", other);
        assertThat(authenticated("/token", signed(claims))).isEqualTo("app");
    }

    @Test
    public void o15_claimsThatAreWrongOrMissing() throws Exception {
        Instant now = clock.instant();
        refuses("aud of another server", claims -> claims.audience("https://evil.example"));
        refuses("aud of two servers", claims -> claims.audience(List.of(ISSUER, "https://evil.example")));
        refuses("no aud", claims -> claims.audience((String) null));
        refuses("aud of another instance", claims -> claims.audience("https://id.example/oidc2"));
        refuses("exp +10 y", claims -> claims.expirationTime(Date.from(now.plus(Duration.ofDays(3650)))));
        refuses("exp +6 min", claims -> claims.expirationTime(Date.from(now.plusSeconds(360))));
        refuses("no exp", claims -> claims.expirationTime(null));
        refuses("exp past", claims -> claims.expirationTime(Date.from(now.minusSeconds(31)))
                .issueTime(Date.from(now.minusSeconds(60))));
        refuses("iat in the future", claims -> claims.issueTime(Date.from(now.plusSeconds(31))));
        refuses("iat and exp in the future", claims -> claims.issueTime(Date.from(now.plusSeconds(3600)))
                .expirationTime(Date.from(now.plusSeconds(3660))));
        refuses("no iat", claims -> claims.issueTime(null));
        refuses("nbf in the future", claims -> claims.notBeforeTime(Date.from(now.plusSeconds(31))));
        refuses("no jti", claims -> claims.jwtID(null));
        refuses("empty jti", claims -> claims.jwtID(""));
        refuses("long jti", claims -> claims.jwtID("x".repeat(257)));
        refuses("other iss", claims -> claims.issuer("fixed"));
        refuses("no iss", claims -> claims.issuer(null));
        refuses("unknown sub", claims -> claims.subject("nobody"));
        refuses("no sub", claims -> claims.subject(null));
    }

    @Test
    public void o14_theAlgorithmIsFixedByTheRegistration() throws Exception {
        byte[] publicKey = RSA.toRSAPublicKey().getEncoded();
        JWSHeader hs256 = new JWSHeader(JWSAlgorithm.HS256);
        refuses("HS256 with the RSA key", signed(hs256, claims("app").build(), new MACSigner(publicKey)));
        refuses("not the registered one", signed(claims("fixed").build()));
        refuses("RS256 in place of HS256", signed(claims("mac").build()));
        refuses("of a client with another way", signed(claims("basic").build()));
        String[] parts = signed(claims("app").build()).split("\\.");
        refuses("alg none", base64("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        refuses("no signature", parts[0] + "." + parts[1] + ".");
        refuses("another's signature", parts[0] + "." + parts[1] + "." + parts[2].replace('A', 'B') + "AA");
        refuses("name twice", base64("{\"alg\":\"PS256\",\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
        refuses("not a JWT", "x");
        refuses("a megabyte", "a".repeat(20_000) + "." + parts[1] + "." + parts[2]);
    }

    @Test
    public void o14_aKeyThatItBringsWithItIsNotLookedAt() throws Exception {
        RSAKey own = rsa();
        for (JWSHeader header : List.of(
                new JWSHeader.Builder(JWSAlgorithm.PS256).jwk(own.toPublicJWK()).build(),
                new JWSHeader.Builder(JWSAlgorithm.PS256)
                        .jwkURL(java.net.URI.create("https://evil.example/jwks"))
                        .build(),
                new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("../../rsa").build())) {
            refuses(header.toString(), signed(header, claims("app").build(), new RSASSASigner(own)));
        }
        String psychic = base64("{\"alg\":\"ES256\",\"kid\":\"ec\"}") + "."
                + base64(claims("app").build().toString()) + "." + base64(new byte[64]);
        refuses("r and s zero", psychic);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

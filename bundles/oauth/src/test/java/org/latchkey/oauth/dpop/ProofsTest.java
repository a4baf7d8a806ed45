package org.latchkey.oauth.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.Test;
import org.latchkey.api.oauth.Client;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.Asked;
import org.latchkey.oauth.client.Once;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.PublicKeys;
import org.latchkey.oauth.key.Seal;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.Race;

public class ProofsTest {

    private static final ECKey KEY = ec(Curve.P_256);
    private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
    private static final RegisteredClient APP = client(Map.of());
    private static final RegisteredClient BOUND = client(Map.of("dpop_bound_access_tokens", true));

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private NoncePolicy policy = NoncePolicy.BOUND;
    private Asked asked = Asked.of("POST", "/token");
    private Optional<String> accessToken = Optional.empty();

    private static ECKey ec(Curve curve) {
        try {
            return new ECKeyGenerator(curve).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static RegisteredClient client(Map<String, Object> metadata) {
        return new RegisteredClient(new Client("app", metadata, List.of(), false, Set.of()));
    }

    /** A node of its own each time: what it remembers is in the store alone. */
    private Proofs node() {
        return new Proofs(
                Issuer.of("https://id.example", "oidc"),
                PublicKeys.ALGORITHMS,
                policy,
                nonces(),
                new Once(store, clock),
                clock);
    }

    private Nonces nonces() {
        return new Nonces(new Seal(store, "oidc", Nonces.PURPOSE), clock);
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .claim("htm", "POST")
                .claim("htu", "https://id.example/oidc/token")
                .issueTime(Date.from(clock.instant()))
                .jwtID(UUID.randomUUID().toString());
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm, JWK key) {
        return new JWSHeader.Builder(algorithm).type(TYPE).jwk(key);
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(header(JWSAlgorithm.ES256, KEY.toPublicJWK()).build(), claims.build(), new ECDSASigner(KEY));
    }

    private Binding shown(RegisteredClient client, String proof) throws Refused {
        return node().shown(asked.withHeader("DPoP", proof), client, accessToken);
    }

    private void refuses(String what, String proof) {
        Refused no = catchThrowableOfType(Refused.class, () -> shown(APP, proof));
        assertThat(no).as(what).isNotNull();
        assertThat(no.error()).as(what).isEqualTo("invalid_dpop_proof");
    }

    private void refuses(String what, Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        refuses(what, signed(claims));
    }

    @Test
    public void row137_aProofShowsTheKey() throws Exception {
        assertThat(shown(APP, signed(claims())))
                .isEqualTo(Binding.to(KEY.computeThumbprint().toString()));
        assertThat(node().shown(asked, APP, accessToken)).isEqualTo(Binding.NONE);
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.PS256, JWSAlgorithm.RS512)) {
            String proof =
                    signed(header(algorithm, rsa.toPublicJWK()).build(), claims().build(), new RSASSASigner(rsa));
            assertThat(shown(APP, proof).thumbprint())
                    .hasValue(rsa.computeThumbprint().toString());
        }
    }

    @Test
    public void o23_theUrlMayBeWrittenInOtherWays() throws Exception {
        for (String url : List.of(
                "HTTPS://ID.example:443/oidc/token",
                "https://id.example/oidc/token?x=y",
                "https://id.example/oidc/token#f")) {
            assertThat(shown(APP, signed(claims().claim("htu", url))).isBound())
                    .as(url)
                    .isTrue();
        }
        for (String url : List.of(
                "http://id.example/oidc/token",
                "https://id.example:8443/oidc/token",
                "https://evil.example/oidc/token",
                "https://id.example/oidc/userinfo",
                "https://id.example/oidc/token/",
                "https://id.example@evil.example/oidc/token",
                "/oidc/token",
                "")) {
            refuses("htu " + url, claims -> claims.claim("htu", url));
        }
        refuses("no htu", claims -> claims.claim("htu", null));
        refuses("htu is a number", claims -> claims.claim("htu", 1));
    }

    @Test
    public void o23_claimsThatAreWrongOrMissing() throws Exception {
        Instant now = clock.instant();
        refuses("other htm", claims -> claims.claim("htm", "GET"));
        refuses("htm in small letters", claims -> claims.claim("htm", "post"));
        refuses("no htm", claims -> claims.claim("htm", null));
        refuses("old iat", claims -> claims.issueTime(Date.from(now.minusSeconds(90))));
        refuses("iat in the future", claims -> claims.issueTime(Date.from(now.plusSeconds(31))));
        refuses("no iat", claims -> claims.issueTime(null));
        refuses("exp past", claims -> claims.expirationTime(Date.from(now.minusSeconds(31))));
        refuses("nbf in the future", claims -> claims.notBeforeTime(Date.from(now.plusSeconds(31))));
        refuses("no jti", claims -> claims.jwtID(null));
        refuses("empty jti", claims -> claims.jwtID(""));
        refuses("long jti", claims -> claims.jwtID("x".repeat(257)));
        assertThat(shown(APP, signed(claims().issueTime(Date.from(now.plusSeconds(10)))))
                        .isBound())
                .isTrue();
    }

    @Test
    public void o23_aProofIsGoodOnceAlsoAfterARestart() throws Exception {
        String proof = signed(claims());
        List<Boolean> good = Race.of(50, lane -> {
            try {
                return shown(APP, proof).isBound();
            } catch (Refused used) {
                return false;
            }
        });
        assertThat(good).containsOnlyOnce(true);
        clock.advance(Duration.ofSeconds(89));
        refuses("within the skew", proof);
    }

    @Test
    public void o23_besideATokenItsHashIsNeeded() throws Exception {
        asked = Asked.of("GET", "/userinfo");
        accessToken = Optional.of("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
        JWTClaimsSet.Builder claims = claims().claim("htm", "GET").claim("htu", "https://id.example/oidc/userinfo");
        refuses("no ath", signed(claims));
        refuses("ath of another token", signed(claims.claim("ath", "x")));
        // the example of RFC 9449, 7.1
        assertThat(shown(APP, signed(claims.claim("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo")))
                        .isBound())
                .isTrue();
    }

    @Test
    public void o23_aNonceMayBeNeeded() throws Exception {
        Refused no = catchThrowableOfType(Refused.class, () -> shown(BOUND, signed(claims())));
        assertThat(no.error()).isEqualTo("use_dpop_nonce");
        String nonce = no.headers().get("DPoP-Nonce");
        String proof = signed(claims().claim("nonce", nonce));
        assertThat(shown(BOUND, proof).isBound()).isTrue();
        clock.advance(Duration.ofMinutes(4));
        assertThat(shown(APP, signed(claims().claim("nonce", nonce))).isBound()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        for (Object bad : List.of(nonce, "x", "MQ." + "A".repeat(43), 7)) {
            Refused old = catchThrowableOfType(Refused.class, () -> shown(APP, signed(claims().claim("nonce", bad))));
            assertThat(old.error()).as("%s", bad).isEqualTo("use_dpop_nonce");
            assertThat(old.headers().get("DPoP-Nonce")).isNotEqualTo(nonce);
        }
        policy = NoncePolicy.NONE;
        assertThat(shown(BOUND, signed(claims())).isBound()).isTrue();
        policy = NoncePolicy.ALL;
        assertThat(catchThrowableOfType(Refused.class, () -> shown(APP, signed(claims())))
                        .error())
                .isEqualTo("use_dpop_nonce");
    }

    @Test
    public void o23_aProofThatLacksTheNonceIsNotUsedUp() throws Exception {
        String id = "only-once";
        assertThat(catchThrowableOfType(Refused.class, () -> shown(BOUND, signed(claims().jwtID(id)))))
                .isNotNull();
        assertThat(shown(BOUND, signed(claims().jwtID(id).claim("nonce", nonces().current())))
                        .isBound())
                .isTrue();
    }

    @Test
    public void o14_theKeyAndTheAlgorithm() throws Exception {
        JWTClaimsSet claims = claims().build();
        JWSSigner signer = new ECDSASigner(KEY);
        JWSHeader good = header(JWSAlgorithm.ES256, KEY.toPublicJWK()).build();
        String[] parts = signed(good, claims, signer).split("\\.");
        refuses(
                "another key",
                signed(header(JWSAlgorithm.ES256, ec(Curve.P_256).toPublicJWK()).build(), claims, signer));
        JWSHeader.Builder bare = new JWSHeader.Builder(JWSAlgorithm.ES256);
        Map<String, JWSHeader> headers = Map.of(
                "no key", bare.type(TYPE).build(),
                "no typ", bare.type(null).jwk(KEY.toPublicJWK()).build(),
                "typ JWT", bare.type(JOSEObjectType.JWT).build(),
                "crit",
                        bare.type(TYPE)
                                .criticalParams(Set.of("x"))
                                .customParam("x", 1)
                                .build());
        for (Map.Entry<String, JWSHeader> each : headers.entrySet()) {
            refuses(each.getKey(), signed(each.getValue(), claims, signer));
        }
        String privateKey = base64(Map.of("alg", "ES256", "typ", "dpop+jwt", "jwk", KEY.toJSONObject()));
        refuses("a private key", privateKey + "." + parts[1] + "." + parts[2]);
        refuses(
                "HS256",
                signed(header(JWSAlgorithm.HS256, KEY.toPublicJWK()).build(), claims, new MACSigner(new byte[32])));
        refuses(
                "alg none",
                base64(Map.of(
                                "alg",
                                "none",
                                "typ",
                                "dpop+jwt",
                                "jwk",
                                KEY.toPublicJWK().toJSONObject())) + "." + parts[1] + ".");
        refuses("no signature", parts[0] + "." + parts[1] + ".");
        refuses(
                "r and s zero",
                parts[0] + "." + parts[1] + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]));
        refuses("two proofs", signed(good, claims, signer) + ", " + signed(good, claims, signer));
        refuses("a megabyte", "a".repeat(9_000) + "." + parts[1] + "." + parts[2]);
        refuses("not a JWT", "x");
    }

    private static String base64(Map<String, Object> json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(org.latchkey.oauth.Json.text(json).getBytes(StandardCharsets.UTF_8));
    }
}

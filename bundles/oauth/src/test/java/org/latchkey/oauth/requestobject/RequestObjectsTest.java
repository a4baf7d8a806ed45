package org.latchkey.oauth.requestobject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.Test;
import org.latchkey.api.oauth.Client;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.ClientKeys;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.PublicKeys;
import org.latchkey.oauth.requestobject.RequestObjects.Rule;
import org.latchkey.testkit.MovableClock;

public class RequestObjectsTest {

    private static final String ISSUER = "https://id.example/oidc";
    private static final ECKey KEY = ec();
    private static final JWSHeader HEADER = header().build();

    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final RegisteredClient app = client(Map.of());
    private final RequestObjects objects = new RequestObjects(
            Issuer.of("https://id.example", "oidc"),
            PublicKeys.ALGORITHMS,
            new ClientKeys(
                    uri -> {
                        throw new IOException("nothing is fetched");
                    },
                    clock),
            clock);

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").type(new JOSEObjectType("oauth-authz-req+jwt"));
    }

    private static RegisteredClient client(Map<String, Object> more) {
        Map<String, Object> metadata = new HashMap<>(more);
        metadata.put("jwks", new JWKSet(KEY).toJSONObject(true));
        return new RegisteredClient(new Client("app", metadata, List.of(), false, Set.of()));
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("app")
                .audience(ISSUER)
                .notBeforeTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(300)))
                .claim("client_id", "app")
                .claim("scope", "openid");
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(HEADER, claims.build(), new ECDSASigner(KEY));
    }

    private void refuses(String what, RegisteredClient client, String object, Rule rule) {
        Refused no = catchThrowableOfType(Refused.class, () -> objects.opened(client, object, rule));
        assertThat(no).as(what).isNotNull();
        assertThat(no.error()).as(what).isEqualTo("invalid_request_object");
    }

    private void refuses(String what, Rule rule, Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        refuses(what, app, signed(claims), rule);
    }

    private void strictRefuses(String what, Consumer<JWTClaimsSet.Builder> change) throws Exception {
        refuses(what, Rule.STRICT, change);
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        assertThat(objects.opened(app, signed(claims), Rule.USUAL).get("scope")).hasValue("openid");
    }

    @Test
    public void row135_theParametersAreInTheObject() throws Exception {
        Parameters opened = objects.opened(
                app,
                signed(claims().claim("max_age", 60)
                        .claim("claims", Map.of("userinfo", Map.of("email", Map.of("essential", true))))
                        .claim("resource", List.of("https://a.example", "https://b.example"))
                        .claim("nonce", "n")),
                Rule.STRICT);
        assertThat(opened.get("client_id")).hasValue("app");
        assertThat(opened.get("scope")).hasValue("openid");
        assertThat(opened.get("max_age")).hasValue("60");
        assertThat(opened.get("claims")).hasValue("{\"userinfo\":{\"email\":{\"essential\":true}}}");
        assertThat(opened.all("resource")).containsExactly("https://a.example", "https://b.example");
        assertThat(opened.asMap()).doesNotContainKeys("iss", "aud", "exp", "nbf");
    }

    @Test
    public void o11_claimsThatAreWrong() throws Exception {
        Instant now = clock.instant();
        for (Rule rule : Rule.values()) {
            refuses("other client_id", rule, claims -> claims.claim("client_id", "other"));
            refuses("client_id is a number", rule, claims -> claims.claim("client_id", 1));
            refuses("other iss", rule, claims -> claims.issuer("other"));
            refuses("other aud", rule, claims -> claims.audience("https://evil.example"));
            refuses("aud of another instance", rule, claims -> claims.audience(ISSUER + "2"));
            refuses("exp past", rule, claims -> claims.expirationTime(Date.from(now.minusSeconds(31))));
            refuses("nbf in the future", rule, claims -> claims.notBeforeTime(Date.from(now.plusSeconds(31))));
            refuses("an assertion", rule, claims -> claims.subject("app"));
            refuses("nested", rule, claims -> claims.claim("request", "x"));
            refuses("nested uri", rule, claims -> claims.claim("request_uri", "https://app.example/r"));
        }
        strictRefuses("no iss", claims -> claims.issuer(null));
        strictRefuses("no client_id", claims -> claims.claim("client_id", null));
        strictRefuses("no aud", claims -> claims.audience((String) null));
        strictRefuses("no exp", claims -> claims.expirationTime(null));
        strictRefuses("no nbf", claims -> claims.notBeforeTime(null));
        strictRefuses("old nbf", claims -> claims.notBeforeTime(Date.from(now.minus(Duration.ofMinutes(61)))));
        strictRefuses("late exp", claims -> claims.expirationTime(Date.from(now.plus(Duration.ofMinutes(61)))));
    }

    @Test
    public void o14_theSignatureIsOfTheClientsKey() throws Exception {
        JWTClaimsSet claims = claims().build();
        JWSSigner signer = new ECDSASigner(KEY);
        ECKey own = ec();
        String[] parts = signed(HEADER, claims, signer).split("\\.");
        for (Rule rule : Rule.values()) {
            refuses("another key", app, signed(HEADER, claims, new ECDSASigner(own)), rule);
            JWSHeader withKey = header().keyID(null).jwk(own.toPublicJWK()).build();
            refuses("a key that it brings", app, signed(withKey, claims, new ECDSASigner(own)), rule);
            JWSHeader dpop = header().type(new JOSEObjectType("dpop+jwt")).build();
            refuses("a proof", app, signed(dpop, claims, signer), rule);
            JWSHeader critical =
                    header().criticalParams(Set.of("x")).customParam("x", 1).build();
            refuses("crit", app, signed(critical, claims, signer), rule);
            JWSHeader hs256 = new JWSHeader(JWSAlgorithm.HS256);
            refuses(
                    "HS256",
                    app,
                    signed(hs256, claims, new MACSigner(KEY.toECPublicKey().getEncoded())),
                    rule);
            refuses("no signature", app, parts[0] + "." + parts[1] + ".", rule);
            refuses("r and s zero", app, parts[0] + "." + parts[1] + "." + base64(new byte[64]), rule);
            refuses("names twice", app, base64("{\"alg\":\"none\",\"alg\":\"ES256\"}") + "." + parts[1] + ".x", rule);
            refuses("not a JWT", app, "x", rule);
            refuses("encrypted", app, base64("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + "..A.A.A", rule);
            refuses("10 MB", app, "a".repeat(10_000_000), rule);
            refuses("deep", app, signedRaw("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}", signer), rule);
            refuses("claims twice", app, signedRaw("{\"scope\":\"a\",\"scope\":\"b\"}", signer), rule);
            RegisteredClient fixed = client(Map.of("request_object_signing_alg", "PS256"));
            refuses("not the registered alg", fixed, signed(claims()), rule);
        }
    }

    private static String signedRaw(String payload, JWSSigner signer) throws JOSEException {
        com.nimbusds.jose.JWSObject object =
                new com.nimbusds.jose.JWSObject(HEADER, new com.nimbusds.jose.Payload(payload));
        object.sign(signer);
        return object.serialize();
    }

    @Test
    public void o11_algNoneIsForClientsThatAreRegisteredForIt() throws Exception {
        String plain = new PlainJWT(claims().build()).serialize();
        RegisteredClient none = client(Map.of("request_object_signing_alg", "none"));
        assertThat(objects.opened(none, plain, Rule.USUAL).get("scope")).hasValue("openid");
        refuses("strict", none, plain, Rule.STRICT);
        refuses("not registered for it", app, plain, Rule.USUAL);
        refuses("registered for another", client(Map.of("request_object_signing_alg", "ES256")), plain, Rule.USUAL);
        refuses("signed", none, signed(claims()), Rule.USUAL);
        refuses("with a signature", none, plain + "AA", Rule.USUAL);
    }

    @Test
    public void o11_anAddressIsFetchedOnlyAsItIsRegistered() throws Exception {
        RequestUris uris = new RequestUris(uri -> "fetched " + uri + "\n");
        RegisteredClient client = client(Map.of(
                "request_uris",
                List.of("https://app.example/r?a=b#h", "http://app.example/r", "file:///etc/passwd", "https:x")));
        assertThat(uris.fetched(client, "https://app.example/r?a=b#h")).isEqualTo("fetched https://app.example/r?a=b");
        for (String other : List.of(
                "https://app.example/r",
                "http://app.example/r",
                "file:///etc/passwd",
                "https:x",
                "https://169.254.169.254/latest",
                "urn:ietf:params:oauth:request_uri:x")) {
            assertThat(catchThrowableOfType(Refused.class, () -> uris.fetched(client, other))
                            .error())
                    .as(other)
                    .isEqualTo("invalid_request_uri");
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

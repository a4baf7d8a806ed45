package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Key;
import org.latchkey.itest.oauth.KnownClients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** The profile fapi2 from outside. */
public class OAuthFapiProfileIT {

    private static final String SECRET = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/callback?dummy1=lorem&dummy2=ipsum";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Key KEY = new Key();

    private static final RSAKey RSA = rsa();

    @ClassRule
    public static final Server server = new Server()
            .withEtc(
                    "latchkey.oauth",
                    "profile=\"fapi2\"",
                    "codeSeconds=I\"600\"",
                    "pushedSeconds=I\"90\"",
                    "detailTypes=[\"payment\"]");

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);
    private final Party app = new Party(issuer, "app", Optional.empty(), CALLBACK);
    private final String verifier = Party.verifier();

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Map<String, Object> metadata = new HashMap<>(Map.of(
                "redirect_uris",
                List.of(CALLBACK),
                "grant_types",
                List.of("authorization_code", "refresh_token", "client_credentials"),
                "jwks",
                KEY.jwks(),
                "token_endpoint_auth_method",
                "private_key_jwt"));
        Map<String, Object> ofRsa = new HashMap<>(metadata);
        ofRsa.put("jwks", Map.of("keys", List.of(RSA.toPublicJWK().toJSONObject())));
        server.deploy(new KnownClients()
                .with("app", metadata)
                .with("rsa", ofRsa)
                .with("basic", Map.of("redirect_uris", List.of(CALLBACK)), List.of("basic-secret"))
                .with("public", Map.of("redirect_uris", List.of(CALLBACK), "token_endpoint_auth_method", "none"))
                .jar());
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.oauth") && root.serves(KnownClients.NAME));
    }

    @Before
    public void createPerson() {
        assertThat(server.root()
                        .post("/api/v1/entities", Map.of("id", ada, "secret", SECRET))
                        .status())
                .isEqualTo(201);
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("r-1").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Map<String, String> authenticated(Map<String, String> form) {
        Map<String, String> all = new HashMap<>(form);
        all.putAll(KEY.assertion("app", issuer));
        return all;
    }

    private Map<String, String> pkce() {
        return Map.of("code_challenge", Party.challenge(verifier), "code_challenge_method", "S256");
    }

    private Map<String, String> asked() {
        return app.asked(pkce());
    }

    private Map<String, String> proof() {
        return KEY.proof("POST", issuer + "/token", Map.of());
    }

    private String code() {
        Answer pushed = app.post("/par", authenticated(asked()));
        assertThat(pushed.status()).as(pushed.json().toString()).isEqualTo(201);
        assertThat(pushed.json().path("expires_in").asInt()).isEqualTo(90);
        Page end = app.signIn(browser, browser.get(app.pushedRequest(pushed)), ada, SECRET);
        assertThat(end.location()).startsWith(CALLBACK + "&");
        assertThat(Party.parameters(end)).containsEntry("iss", issuer);
        return Party.parameters(end).get("code");
    }

    private Answer redeem(String code, Map<String, String> proof) {
        return app.redeem(code, authenticated(Map.of("code_verifier", verifier)), proof);
    }

    @Test
    public void row143_theWholeWay() {
        String code = code();
        assertThat(redeem(code, Map.of()).text("error")).isEqualTo("invalid_dpop_proof");
        Answer tokens = redeem(code, proof());
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualTo("DPoP");
        Map<String, String> refresh =
                Map.of("grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token"));
        for (int times = 0; times < 2; times++) {
            Answer next = app.post("/token", authenticated(refresh), proof());
            assertThat(next.status()).as(next.json().toString()).isEqualTo(200);
            assertThat(next.text("refresh_token")).isEqualTo(tokens.text("refresh_token"));
        }
        String token = tokens.text("access_token");
        Map<String, String> headers =
                new HashMap<>(KEY.proof("GET", issuer + "/userinfo", Map.of("ath", Key.hash(token))));
        headers.put("Authorization", "DPoP " + token);
        assertThat(app.userInfo(headers).text("sub")).isEqualTo(ada);
        assertThat(app.userInfo(token).status()).isEqualTo(401);
        assertThat(redeem(code, proof()).text("error")).isEqualTo("invalid_grant");
        assertThat(app.post("/token", authenticated(refresh), proof()).text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    public void row143_whatTheProfileDoesNotHaveIsRefused() {
        Page unpushed = browser.get(app.request(Map.of()));
        assertThat(Party.parameters(unpushed)).containsEntry("error", "invalid_request");
        Map<String, String> withoutPkce = authenticated(app.asked(Map.of()));
        assertThat(app.post("/par", withoutPkce).text("error")).isEqualTo("invalid_request");
        Map<String, String> hybrid = authenticated(asked());
        hybrid.put("response_type", "code id_token");
        hybrid.put("nonce", "n");
        assertThat(app.post("/par", hybrid).text("error")).isEqualTo("unsupported_response_type");
        Party basic = new Party(issuer, "basic", Optional.of("basic-secret"), CALLBACK);
        assertThat(basic.push(pkce()).text("error")).isEqualTo("invalid_client");
        Party open = new Party(issuer, "public", Optional.empty(), CALLBACK);
        assertThat(open.push(pkce()).text("error")).isEqualTo("invalid_client");
        Map<String, String> forTheEndpoint = new HashMap<>(asked());
        forTheEndpoint.putAll(KEY.assertion("app", issuer + "/par"));
        assertThat(app.post("/par", forTheEndpoint).text("error")).isEqualTo("invalid_client");
    }

    @Test
    public void row136_authorizationDetailsAreShownAndInTheToken() {
        Map<String, String> asked = asked();
        asked.put("authorization_details", "[{\"type\":\"payment\",\"to\":\"<b>Bob\",\"eur\":5}]");
        Answer pushed = app.post("/par", authenticated(asked));
        assertThat(pushed.status()).as(pushed.json().toString()).isEqualTo(201);
        Map<String, String> form = new HashMap<>();
        Page login = browser.get(app.pushedRequest(pushed));
        form.putAll(login.hidden());
        form.put("username", ada);
        form.put("password", SECRET);
        Page consent = browser.post("/oidc/login", form);
        assertThat(consent.html())
                .contains("data-detail=\"payment\"")
                .contains("to: &lt;b&gt;Bob")
                .contains("eur: 5")
                .doesNotContain("<b>Bob");
        String code = Party.parameters(app.allow(browser, consent)).get("code");
        Answer tokens = redeem(code, proof());
        assertThat(tokens.json()
                        .path("authorization_details")
                        .path(0)
                        .path("eur")
                        .asInt())
                .isEqualTo(5);
        Map<String, String> token = authenticated(Map.of("token", tokens.text("access_token")));
        JsonNode told = app.post("/introspect", token).json();
        assertThat(told.path("authorization_details")).isEqualTo(tokens.json().path("authorization_details"));
        assertThat(told.path("cnf").path("jkt").asText()).isEqualTo(KEY.thumbprint());
        Answer again = app.post("/par", authenticated(asked));
        assertThat(browser.get(app.pushedRequest(again)).html())
                .as("asked again, for it is another payment")
                .contains("data-detail=\"payment\"");
        asked.put("authorization_details", "[{\"type\":\"other\"}]");
        assertThat(app.post("/par", authenticated(asked)).text("error")).isEqualTo("invalid_authorization_details");
    }

    /** Announced by a proof with the request, or by {@code dpop_jkt} in it. */
    @Test
    public void row143_aCodeIsForTheKeyThatWasAnnounced() {
        Map<String, String> another = authenticated(asked());
        another.put("dpop_jkt", new Key().thumbprint());
        assertThat(app.post("/par", another, proofAtPar()).text("error")).isEqualTo("invalid_dpop_proof");
        Map<String, String> announced = authenticated(asked());
        announced.put("dpop_jkt", KEY.thumbprint());
        code();
        for (Answer pushed : List.of(
                app.post("/par", authenticated(asked()), proofAtPar()), app.post("/par", announced, Map.of()))) {
            Page end = browser.get(app.pushedRequest(pushed));
            String code = Party.parameters(end).get("code");
            Map<String, String> other = new Key().proof("POST", issuer + "/token", Map.of());
            assertThat(redeem(code, other).text("error")).isEqualTo("invalid_grant");
            assertThat(redeem(code, proof()).status()).isEqualTo(200);
        }
    }

    private Map<String, String> proofAtPar() {
        return KEY.proof("POST", issuer + "/par", Map.of());
    }

    @Test
    public void row143_anAssertionByRs256IsRefused() throws Exception {
        Party rsa = new Party(issuer, "rsa", Optional.empty(), CALLBACK);
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256)) {
            Instant now = Instant.now();
            JWTClaimsSet claims = new JWTClaimsSet.Builder()
                    .issuer("rsa")
                    .subject("rsa")
                    .audience(issuer)
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(60)))
                    .jwtID(UUID.randomUUID().toString())
                    .build();
            SignedJWT assertion =
                    new SignedJWT(new JWSHeader.Builder(algorithm).keyID("r-1").build(), claims);
            assertion.sign(new RSASSASigner(RSA));
            Map<String, String> form = rsa.asked(pkce());
            form.putAll(KEY.assertion("rsa", issuer));
            form.put("client_assertion", assertion.serialize());
            Answer answer = rsa.post("/par", form);
            assertThat(answer.text("error"))
                    .as(algorithm.getName())
                    .isEqualTo(algorithm.equals(JWSAlgorithm.RS256) ? "invalid_client" : "");
        }
    }

    @Test
    public void row143_theMetadataSaySo() {
        JsonNode metadata = app.get("/.well-known/openid-configuration").json();
        assertThat(metadata.path("require_pushed_authorization_requests").asBoolean())
                .isTrue();
        assertThat(metadata.path("response_types_supported").toString()).isEqualTo("[\"code\"]");
        assertThat(metadata.path("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"private_key_jwt\"]");
        for (String name : List.of(
                "id_token_signing_alg_values_supported",
                "dpop_signing_alg_values_supported",
                "token_endpoint_auth_signing_alg_values_supported")) {
            assertThat(metadata.path(name))
                    .as(name)
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder("PS256", "ES256", "EdDSA");
        }
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Clients of the OAuth server: kept by an operator over REST, and registered by themselves (row 139). */
public class OAuthClientsIT {

    private static final String PASSWORD = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/cb";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final JsonMapper JSON = new JsonMapper();

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.oauth-api", "latchkey.mount=\"oidc\"", "scopes=[\"read\",\"write\"]");

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final Http root = server.root();

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.oauth"));
    }

    private Http.Answer create(Map<String, Object> client) {
        Http.Answer answer = root.post("/oidc/clients", client);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static Map<String, Object> web(String id) {
        return new LinkedHashMap<>(Map.of(
                "client_id",
                id,
                "client_name",
                "Web",
                "redirect_uris",
                List.of(CALLBACK),
                "grant_types",
                List.of("authorization_code", "refresh_token", "client_credentials"),
                "scope",
                "openid profile read"));
    }

    @Test
    public void anOperatorMakesChangesAndTakesAwayAClient() {
        JsonNode made = create(web("shop")).json();
        String secret = made.path("client_secret").asText();
        assertThat(secret).hasSizeGreaterThan(40);
        assertThat(root.get("/oidc/clients/shop").body()).doesNotContain(secret).doesNotContain("client_secret\"");
        Party shop = new Party(issuer, "shop", Optional.of(secret), CALLBACK);
        Answer own = shop.post("/token", Map.of("grant_type", "client_credentials"));
        assertThat(own.status()).as(own.json().toString()).isEqualTo(200);
        assertThat(own.text("scope")).isEqualTo("read");
        assertThat(shop.post("/token", Map.of("grant_type", "client_credentials", "scope", "write"))
                        .text("error"))
                .isEqualTo("invalid_scope");
        Http.Answer another = root.post("/oidc/clients/shop/secret", Map.of());
        assertThat(another.status()).isEqualTo(200);
        assertThat(shop.post("/token", Map.of("grant_type", "client_credentials"))
                        .status())
                .isEqualTo(401);
        assertThat(root.delete("/oidc/clients/shop").status()).isEqualTo(204);
        Party gone = new Party(
                issuer, "shop", Optional.of(another.json().path("client_secret").asText()), CALLBACK);
        assertThat(gone.post("/token", Map.of("grant_type", "client_credentials"))
                        .text("error"))
                .isEqualTo("invalid_client");
        assertThat(gone.post("/introspect", Map.of("token", own.text("access_token")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    public void onlyAnOperatorMay() {
        assertThat(server.http().get("/oidc/clients").status()).isEqualTo(401);
        root.post("/api/v1/entities", Map.of("id", "visitor", "secret", PASSWORD));
        assertThat(server.http()
                        .signedInAs("visitor", PASSWORD)
                        .get("/oidc/clients")
                        .status())
                .isEqualTo(403);
    }

    @Test
    public void everythingThatIsWrongWithAClientIsSaidAtOnce_O_03_O_27() {
        Http.Answer answer = root.post(
                "/oidc/clients",
                Map.of(
                        "client_id", "bad",
                        "redirect_uris", List.of("javascript:alert(1)", "https://a.example/cb#x"),
                        "grant_types", List.of("password")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("redirect_uris").contains("grant_types");
        assertThat(root.get("/oidc/clients/bad").status()).isEqualTo(404);
    }

    @Test
    public void oidcc_dynamic_registration_with_private_key_jwt_O_15() throws Exception {
        String initial = root.post("/oidc/clients/initial-access-tokens", Map.of("count", 1))
                .json()
                .path("initial_access_token")
                .asText();
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        ObjectNode metadata = JSON.createObjectNode();
        metadata.putArray("redirect_uris").add(CALLBACK);
        metadata.put("token_endpoint_auth_method", "private_key_jwt");
        metadata.put("token_endpoint_auth_signing_alg", "ES256");
        metadata.put("id_token_signed_response_alg", "ES256");
        metadata.put("trusted", true);
        metadata.set("jwks", JSON.readTree(new JWKSet(key).toPublicJWKSet().toString()));
        Answer refused = register(metadata, "");
        assertThat(refused.status()).isEqualTo(401);
        Answer made = register(metadata, initial);
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        assertThat(made.json().has("trusted")).isFalse();
        assertThat(register(metadata, initial).status()).isEqualTo(401);
        String id = made.text("client_id");
        Party party = new Party(issuer, id, Optional.empty(), CALLBACK);
        String ada = person();
        Browser browser = new Browser(base);
        String code = party.code(browser, Map.of(), ada, PASSWORD);
        String assertion = assertion(id, key);
        Map<String, String> proof = Map.of(
                "client_assertion",
                assertion,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        Answer tokens = party.redeem(code, proof);
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        assertThat(SignedJWT.parse(tokens.text("id_token")).getHeader().getAlgorithm())
                .isEqualTo(JWSAlgorithm.ES256);
        assertThat(party.redeem(code, proof).status()).isEqualTo(401);
        String management = made.text("registration_client_uri");
        assertThat(management).startsWith(issuer + "/register/");
        assertThat(Party.send(HttpRequest.newBuilder(URI.create(management))
                                .header("Authorization", "Bearer " + made.text("registration_access_token"))
                                .DELETE())
                        .status())
                .isEqualTo(204);
        assertThat(browser.get(party.request(Map.of())).status()).isEqualTo(400);
    }

    private String assertion(String id, ECKey key) throws Exception {
        Instant now = Instant.now();
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(id)
                        .subject(id)
                        .audience(issuer)
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .build());
        assertion.sign(new ECDSASigner(key));
        return assertion.serialize();
    }

    private Answer register(ObjectNode metadata, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + "/register"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(metadata.toString()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return Party.send(request);
    }

    @Test
    public void O_36_anApplicationInTheBrowserMayCallFromItsOwnOriginAndNoOther() {
        Map<String, Object> spa = web("spa");
        spa.put("token_endpoint_auth_method", "none");
        spa.put("redirect_uris", List.of("https://spa.example.org/cb", "http://localhost:3000/cb"));
        spa.put("grant_types", List.of("authorization_code"));
        create(spa);
        for (String origin : List.of("https://spa.example.org", "http://localhost:3000")) {
            Answer may = preflight(origin);
            assertThat(may.status()).isEqualTo(204);
            assertThat(may.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(origin);
            assertThat(may.response().headers().firstValue("Access-Control-Allow-Headers"))
                    .hasValueSatisfying(headers -> assertThat(headers).contains("DPoP"));
            Answer refused = Party.send(HttpRequest.newBuilder(URI.create(issuer + "/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", origin)
                    .POST(BodyPublishers.ofString("grant_type=authorization_code&client_id=spa&code=x")));
            assertThat(refused.text("error")).isEqualTo("invalid_grant");
            assertThat(refused.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(origin);
            assertThat(refused.response().headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
        for (String origin : List.of("https://evil.example", "https://spa.example.org.evil.example", "null")) {
            assertThat(preflight(origin).response().headers().firstValue("Access-Control-Allow-Origin"))
                    .as(origin)
                    .isEmpty();
        }
        assertThat(root.delete("/oidc/clients/spa").status()).isEqualTo(204);
        assertThat(preflight("https://spa.example.org").response().headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private Answer preflight(String origin) {
        return Party.send(HttpRequest.newBuilder(URI.create(issuer + "/userinfo"))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,dpop")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    @Test
    public void O_17_whatAClientWasAllowedEndsWithTheClient() {
        String secret = create(web("brief")).json().path("client_secret").asText();
        Party brief = new Party(issuer, "brief", Optional.of(secret), CALLBACK);
        String ada = person();
        Answer tokens = brief.redeem(brief.code(new Browser(base), Map.of(), ada, PASSWORD), Map.of());
        assertThat(brief.userInfo(tokens.text("access_token")).status()).isEqualTo(200);
        assertThat(root.delete("/oidc/clients/brief").status()).isEqualTo(204);
        assertThat(brief.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        String another = create(web("brief")).json().path("client_secret").asText();
        Party again = new Party(issuer, "brief", Optional.of(another), CALLBACK);
        assertThat(again.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(again.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
    }

    private String person() {
        String id = "ada" + NUMBER.incrementAndGet();
        assertThat(root.post("/api/v1/entities", Map.of("id", id, "secret", PASSWORD))
                        .status())
                .isEqualTo(201);
        return id;
    }

    @Test
    public void anInstanceWithoutAClientsScopeLimitOffersAllOfItsOwn() {
        Map<String, Object> client = web("all");
        client.remove("scope");
        String secret = create(client).json().path("client_secret").asText();
        Answer own = new Party(issuer, "all", Optional.of(secret), CALLBACK)
                .post("/token", Map.of("grant_type", "client_credentials"));
        assertThat(own.text("scope")).isEqualTo("read write");
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.latchkey.itest.cas.Authority;
import org.latchkey.itest.oauth.Key;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.oauth.Person;
import org.latchkey.itest.oauth.Publisher;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** The modules of the OpenID Foundation's dynamic plan: each client registers itself, and is known by private_key_jwt. */
public class OidcDynamicIT {

    private static final String CALLBACK = "https://rp.example.org/cb";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Authority authority = new Authority();
    private static final Publisher publisher = new Publisher();
    private static final Server server = new Server()
            .withEtc("latchkey.outbound", "privateHosts=[\"localhost\"]", "authorities=\"" + authority.pem() + "\"")
            .withEtc("latchkey.oauth", "openRegistration=B\"true\"", "requestUris=B\"true\"");

    @ClassRule
    public static final RuleChain rules = RuleChain.outerRule(publisher).around(server);

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final Browser browser = new Browser(base);
    private final Key key = new Key();

    @BeforeClass
    public static void deploy() {
        publisher.listen(authority.server("publisher", "dns:localhost"));
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth"));
        Person.of(server, "ada");
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Asks to be registered; metadata that are empty are left out. */
    private Answer register(Map<String, Object> more) {
        Map<String, Object> metadata = new HashMap<>(Map.of(
                "redirect_uris", List.of(CALLBACK),
                "grant_types", List.of("authorization_code", "refresh_token"),
                "token_endpoint_auth_method", "private_key_jwt",
                "jwks", key.jwks()));
        metadata.putAll(more);
        metadata.values().removeIf(""::equals);
        return Party.send(HttpRequest.newBuilder(URI.create(issuer + "/register"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(metadata))));
    }

    private Party registered(Map<String, Object> more) {
        Answer made = register(more);
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        more.forEach((name, value) -> {
            if (!"".equals(value)) {
                assertThat(made.json().path(name)).as(name).isEqualTo(JSON.valueToTree(value));
            }
        });
        String uri = made.json().path("redirect_uris").path(0).asText();
        return new Party(issuer, made.text("client_id"), Optional.empty(), uri);
    }

    private void refused(String error, Map<String, Object> metadata) {
        Answer answer = register(metadata);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo(error);
    }

    private Answer tokens(Party party, Map<String, String> more) {
        String code = party.code(new Browser(base), more, "ada", Person.SECRET);
        Answer tokens = party.redeem(code, key.assertion(party.id(), issuer));
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        return tokens;
    }

    @Test
    public void oidcc_server_oidcc_idtoken_rs256() {
        Party party = registered(Map.of("id_token_signed_response_alg", "RS256"));
        String idToken = tokens(party, Map.of()).text("id_token");
        assertThat(party.isSignedRs256(idToken)).isTrue();
        assertThat(Party.claims(idToken).path("aud").asText()).isEqualTo(party.id());
    }

    @Test
    public void oidcc_idtoken_unsigned_isNeitherOfferedNorRegistered() {
        JsonNode metadata =
                registered(Map.of()).get("/.well-known/openid-configuration").json();
        assertThat(metadata.path("id_token_signing_alg_values_supported"))
                .extracting(JsonNode::asText)
                .contains("RS256")
                .doesNotContain("none");
        refused("invalid_client_metadata", Map.of("id_token_signed_response_alg", "none"));
    }

    @Test
    public void oidcc_userinfo_rs256() {
        Party party = registered(Map.of("userinfo_signed_response_alg", "RS256"));
        Answer told = party.userInfo(tokens(party, Map.of()).text("access_token"));
        assertThat(told.response().headers().firstValue("Content-Type")).contains("application/jwt");
        assertThat(party.isSignedRs256(told.response().body())).isTrue();
        assertThat(Party.claims(told.response().body()).path("sub").asText()).isEqualTo("ada");
    }

    @Test
    public void oidcc_ensure_redirect_uri_in_authorization_request() {
        Page page = browser.get(registered(Map.of()).request(Map.of("redirect_uri", "")));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.location()).isEmpty();
        assertThat(page.html()).contains("redirect_uri");
    }

    @Test
    public void oidcc_redirect_uri_query_OK_mismatch_added() {
        Party party = registered(Map.of("redirect_uris", List.of(CALLBACK + "?foo=bar")));
        Page end = party.signIn(browser, browser.get(party.request(Map.of())), "ada", Person.SECRET);
        assertThat(end.location()).startsWith(CALLBACK + "?foo=bar&code=");
        for (String wrong : List.of(CALLBACK, CALLBACK + "?foo=baz", CALLBACK + "?foo=bar&more=1")) {
            Page page = browser.get(party.request(Map.of("redirect_uri", wrong)));
            assertThat(page.status()).as(wrong).isEqualTo(400);
            assertThat(page.location()).as(wrong).isEmpty();
        }
        Page added = browser.get(registered(Map.of()).request(Map.of("redirect_uri", CALLBACK + "?foo=bar")));
        assertThat(added.status()).isEqualTo(400);
        assertThat(added.location()).isEmpty();
    }

    @Test
    public void oidcc_redirect_uri_regfrag() {
        refused("invalid_redirect_uri", Map.of("redirect_uris", List.of(CALLBACK + "#foobar")));
    }

    @Test
    public void oidcc_registration_logo_uri_policy_uri_tos_uri() {
        for (String member : List.of("logo_uri", "policy_uri", "tos_uri")) {
            String uri = "https://rp.example.org/" + member;
            Page login = browser.get(registered(Map.of(member, uri)).request(Map.of()));
            assertThat(login.html()).contains("id=\"password\"");
            assertThat(Page.unescaped(login.html())).contains("\"" + uri + "\"");
        }
    }

    @Test
    public void oidcc_registration_jwks_uri() {
        String uri = publisher.at("/jwks", json(key.jwks()));
        Party party = registered(Map.of("jwks", "", "jwks_uri", uri));
        assertThat(tokens(party, Map.of()).text("token_type")).isEqualTo("Bearer");
        String code = party.code(new Browser(base), Map.of(), "ada", Person.SECRET);
        Answer forged = party.redeem(code, new Key().assertion(party.id(), issuer));
        assertThat(forged.text("error")).isEqualTo("invalid_client");
    }

    @Test
    public void oidcc_registration_sector_uri_and_sector_bad() {
        String uri = publisher.at("/sector", json(List.of(CALLBACK, "https://other.example.org/cb")));
        Map<String, Object> pairwise = Map.of("subject_type", "pairwise", "sector_identifier_uri", uri);
        String first = Party.claims(tokens(registered(pairwise), Map.of()).text("id_token"))
                .path("sub")
                .asText();
        String second = Party.claims(tokens(registered(pairwise), Map.of()).text("id_token"))
                .path("sub")
                .asText();
        assertThat(first).isNotEmpty().isNotEqualTo("ada").isEqualTo(second);
        String bad = publisher.at("/bad-sector", json(List.of("https://other.example.org/cb")));
        refused("invalid_client_metadata", Map.of("subject_type", "pairwise", "sector_identifier_uri", bad));
    }

    private JWTClaimsSet asked(Party party) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder().issuer(party.id()).audience(issuer);
        party.asked(Map.of("state", "inside", "nonce", "n-1")).forEach(claims::claim);
        return claims.build();
    }

    private void answersWhatIsThere(Party party, String uri) {
        Map<String, String> request = Map.of("request_uri", uri, "state", "", "scope", "openid");
        Page end = party.signIn(browser, browser.get(party.request(request)), "ada", Person.SECRET);
        assertThat(Party.parameters(end)).containsEntry("state", "inside").containsKey("code");
        Answer tokens = party.redeem(Party.parameters(end).get("code"), key.assertion(party.id(), issuer));
        assertThat(Party.claims(tokens.text("id_token")).path("nonce").asText()).isEqualTo("n-1");
    }

    @Test
    public void oidcc_request_uri_unsigned() {
        String uri = publisher.at("/unsigned", "later");
        Party party = registered(Map.of("request_object_signing_alg", "none", "request_uris", List.of(uri)));
        publisher.at("/unsigned", new PlainJWT(asked(party)).serialize());
        answersWhatIsThere(party, uri);
    }

    @Test
    public void oidcc_request_uri_signed_rs256() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r-1").generate();
        Object both = Map.of(
                "keys",
                List.of(rsa.toPublicJWK().toJSONObject(), ((List<?>) key.jwks().get("keys")).get(0)));
        String uri = publisher.at("/signed", "later");
        Party party =
                registered(Map.of("jwks", both, "request_object_signing_alg", "RS256", "request_uris", List.of(uri)));
        SignedJWT object = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID("r-1")
                        .build(),
                asked(party));
        object.sign(new RSASSASigner(rsa));
        publisher.at("/signed", object.serialize());
        answersWhatIsThere(party, uri);
        publisher.at("/signed", new PlainJWT(asked(party)).serialize());
        Page page = browser.get(party.request(Map.of("request_uri", uri)));
        assertThat(Party.parameters(page)).containsEntry("error", "invalid_request_object");
    }

    @Test
    public void oidcc_refresh_token() {
        Party party = registered(Map.of());
        Answer tokens = tokens(party, Map.of("scope", "openid offline_access"));
        Map<String, String> form = new HashMap<>(key.assertion(party.id(), issuer));
        form.putAll(Map.of("grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token")));
        Answer next = party.post("/token", form);
        assertThat(next.status()).as(next.json().toString()).isEqualTo(200);
        assertThat(Party.claims(next.text("id_token")).path("sub").asText()).isEqualTo("ada");
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Clients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** The modules of the OpenID Foundation's config, basic and form post basic plans, by name and intent (rows 127 and 144). */
public class OidcBasicIT {

    private static final String PASSWORD = "correct horse battery";
    private static final String CALLBACK = "https://rp.example.org/cb?kept=1";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server();

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);
    private final Party web = new Party(issuer, "web", Optional.of(Clients.SECRET), CALLBACK);
    private final Party other = new Party(issuer, "other", Optional.of(Clients.SECRET), CALLBACK);

    @BeforeClass
    public static void deploy() {
        String uris = "\"redirect_uris\", List.of(\"" + CALLBACK + "\")";
        String types = "\"grant_types\", List.of(\"authorization_code\", \"refresh_token\", \"client_credentials\","
                + " \"implicit\"), \"response_types\", List.of(\"code\", \"id_token\", \"code id_token\")";
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(new Clients()
                .with("web", uris + ", " + types + ", \"client_name\", \"Web\"")
                .with("other", uris)
                .with("signed", uris + ", \"userinfo_signed_response_alg\", \"RS256\"")
                .with("trusted-post", uris + ", \"token_endpoint_auth_method\", \"client_secret_post\"")
                .jar());
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.oauth") && root.serves("org.example.clients"));
    }

    @Before
    public void createPerson() {
        Http root = server.root();
        assertThat(root.post(
                                "/api/v1/entities",
                                Map.of("id", ada, "secret", PASSWORD, "meta", Map.of("display_name", "Ada L.")))
                        .status())
                .isEqualTo(201);
        for (Map.Entry<String, String> each : Map.of(
                        "email", ada + "@example.org",
                        "phone_number", "+49 30 1",
                        "address", "Unter den Linden 1",
                        "given_name", "Ada")
                .entrySet()) {
            assertThat(root.put(
                                    "/api/v1/entities/" + ada + "/kv/" + each.getKey(),
                                    Map.of("values", List.of(each.getValue())))
                            .status())
                    .isLessThan(300);
        }
    }

    private Answer tokens(Map<String, String> more) {
        Answer answer = web.redeem(web.code(browser, more, ada, PASSWORD), Map.of());
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer;
    }

    private Map<String, String> end(Map<String, String> more) {
        Page shown = browser.get(web.request(more));
        return Party.parameters(shown.location().isEmpty() ? web.signIn(browser, shown, ada, PASSWORD) : shown);
    }

    @Test
    public void oidcc_discovery_endpoint_verification() throws Exception {
        Answer answer = web.get("/.well-known/openid-configuration");
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/json");
        OIDCProviderMetadata metadata =
                OIDCProviderMetadata.parse(answer.response().body());
        assertThat(metadata.getIssuer().getValue()).isEqualTo(issuer);
        assertThat(metadata.getIDTokenJWSAlgs()).contains(JWSAlgorithm.RS256);
        assertThat(metadata.getTokenEndpointJWSAlgs())
                .contains(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.HS256);
        assertThat(metadata.supportsClaimsParam()).isTrue();
        assertThat(metadata.supportsAuthorizationResponseIssuerParam()).isTrue();
        for (String endpoint : new String[] {"authorization", "token", "userinfo", "introspection", "revocation"}) {
            assertThat(answer.text(endpoint + "_endpoint")).startsWith(issuer + "/");
        }
    }

    @Test
    public void oidcc_server_oidcc_idtoken_signature() throws Exception {
        Answer tokens = tokens(Map.of("nonce", "n-0S6"));
        JWKSet keys = JWKSet.load(URI.create(issuer + "/jwks").toURL());
        SignedJWT idToken = SignedJWT.parse(tokens.text("id_token"));
        assertThat(idToken.getHeader().getKeyID()).isNotEmpty();
        new IDTokenValidator(
                        new Issuer(issuer),
                        new ClientID("web"),
                        new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)),
                        null)
                .validate(idToken, new Nonce("n-0S6"));
        assertThat(idToken.getJWTClaimsSet().getClaims()).containsKeys("auth_time", "at_hash", "sid", "acr");
    }

    @Test
    public void oidcc_response_type_missing() {
        Page page = browser.get(web.request(Map.of("response_type", "")));
        assertThat(Party.parameters(page)).containsEntry("error", "invalid_request");
    }

    @Test
    public void oidcc_userinfo_get_post_header_post_body() {
        String token = tokens(Map.of("scope", "openid email")).text("access_token");
        assertThat(web.userInfo(token).text("email")).isEqualTo(ada + "@example.org");
        HttpRequest.Builder header = HttpRequest.newBuilder(URI.create(issuer + "/userinfo"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(Party.send(header).text("sub")).isEqualTo(ada);
        HttpRequest.Builder body = HttpRequest.newBuilder(URI.create(issuer + "/userinfo"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("access_token=" + token));
        assertThat(Party.send(body).text("sub")).isEqualTo(ada);
        assertThat(web.get("/userinfo?access_token=" + token).status()).isEqualTo(401);
    }

    @Test
    public void row129_oidcc_userinfo_rs256() throws Exception {
        Party signed = new Party(issuer, "signed", Optional.of(Clients.SECRET), CALLBACK);
        String code = signed.code(browser, Map.of(), ada, PASSWORD);
        Answer answer = signed.userInfo(signed.redeem(code, Map.of()).text("access_token"));
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/jwt");
        SignedJWT jwt = SignedJWT.parse(answer.response().body());
        JWKSet keys = JWKSet.load(URI.create(issuer + "/jwks").toURL());
        assertThat(jwt.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo(ada);
        assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly("signed");
    }

    @Test
    public void oidcc_ensure_request_without_nonce_succeeds_for_code_flow() {
        assertThat(Party.claims(tokens(Map.of()).text("id_token")).has("nonce")).isFalse();
    }

    @Test
    public void oidcc_scope_profile_email_address_phone_all() {
        String token = tokens(Map.of("scope", "openid profile email address phone groups"))
                .text("access_token");
        JsonNode told = web.userInfo(token).json();
        assertThat(told.path("name").asText()).isEqualTo("Ada L.");
        assertThat(told.path("given_name").asText()).isEqualTo("Ada");
        assertThat(told.path("preferred_username").asText()).isEqualTo(ada);
        assertThat(told.path("email").asText()).isEqualTo(ada + "@example.org");
        assertThat(told.path("phone_number").asText()).isEqualTo("+49 30 1");
        assertThat(told.path("address").path("formatted").asText()).isEqualTo("Unter den Linden 1");
        assertThat(told.path("groups").isArray()).isTrue();
        JsonNode less = web.userInfo(tokens(Map.of("scope", "openid phone")).text("access_token"))
                .json();
        assertThat(less.has("email")).isFalse();
        assertThat(less.has("name")).isFalse();
    }

    @Test
    public void oidcc_display_page_display_popup_ui_locales_claims_locales_unknown_parameter() {
        Map<String, String> more = new LinkedHashMap<>(
                Map.of("display", "popup", "ui_locales", "de", "claims_locales", "de en", "extra", "foobar"));
        assertThat(end(more)).containsKey("code");
        more.put("display", "page");
        assertThat(end(more)).containsKey("code");
    }

    @Test
    public void oidcc_prompt_login() {
        JsonNode first = Party.claims(tokens(Map.of()).text("id_token"));
        Page shown = browser.get(web.request(Map.of("prompt", "login")));
        assertThat(shown.html()).contains("id=\"password\"");
        String code =
                Party.parameters(web.signIn(browser, shown, ada, PASSWORD)).get("code");
        JsonNode second = Party.claims(web.redeem(code, Map.of()).text("id_token"));
        assertThat(second.path("auth_time").asLong())
                .isGreaterThanOrEqualTo(first.path("auth_time").asLong());
    }

    @Test
    public void oidcc_prompt_none_not_logged_in_O_32() {
        assertThat(end(Map.of("prompt", "none"))).containsEntry("error", "login_required");
    }

    @Test
    public void oidcc_prompt_none_logged_in() {
        JsonNode first = Party.claims(tokens(Map.of()).text("id_token"));
        Map<String, String> silent = Party.parameters(browser.get(web.request(Map.of("prompt", "none"))));
        JsonNode second = Party.claims(web.redeem(silent.get("code"), Map.of()).text("id_token"));
        assertThat(second.path("sub")).isEqualTo(first.path("sub"));
        assertThat(second.path("auth_time")).isEqualTo(first.path("auth_time"));
        assertThat(Party.parameters(browser.get(other.request(Map.of("prompt", "none")))))
                .containsEntry("error", "consent_required");
    }

    @Test
    public void oidcc_max_age_1_and_0_O_32() {
        tokens(Map.of());
        await(10, () -> Party.parameters(browser.get(web.request(Map.of("max_age", "1", "prompt", "none"))))
                .getOrDefault("error", "")
                .equals("login_required"));
        assertThat(Party.parameters(browser.get(web.request(Map.of("max_age", "0", "prompt", "none")))))
                .containsEntry("error", "login_required");
        Page shown = browser.get(web.request(Map.of("max_age", "0")));
        assertThat(shown.html()).contains("id=\"password\"");
        assertThat(Party.parameters(web.signIn(browser, shown, ada, PASSWORD))).containsKey("code");
    }

    @Test
    public void oidcc_max_age_10000() {
        JsonNode first = Party.claims(tokens(Map.of()).text("id_token"));
        Page page = browser.get(web.request(Map.of("max_age", "10000")));
        JsonNode second = Party.claims(
                web.redeem(Party.parameters(page).get("code"), Map.of()).text("id_token"));
        assertThat(second.path("auth_time")).isEqualTo(first.path("auth_time"));
    }

    @Test
    public void oidcc_id_token_hint_O_32() {
        String hint = tokens(Map.of()).text("id_token");
        assertThat(Party.parameters(browser.get(web.request(Map.of("prompt", "none", "id_token_hint", hint)))))
                .containsKey("code");
        String bob = "bob-of-" + ada;
        server.root().post("/api/v1/entities", Map.of("id", bob, "secret", PASSWORD));
        Browser his = new Browser(base);
        web.code(his, Map.of(), bob, PASSWORD);
        assertThat(Party.parameters(his.get(web.request(Map.of("prompt", "none", "id_token_hint", hint)))))
                .containsEntry("error", "login_required");
        Page shown = his.get(web.request(Map.of("id_token_hint", hint)));
        assertThat(Party.parameters(web.signIn(his, shown, bob, PASSWORD))).containsEntry("error", "login_required");
    }

    @Test
    public void oidcc_ensure_request_with_acr_values_succeeds() {
        JsonNode claims = Party.claims(tokens(Map.of("acr_values", "1 2")).text("id_token"));
        assertThat(claims.path("acr").asText()).isEqualTo("1");
    }

    @Test
    public void oidcc_codereuse_O_05() {
        String code = web.code(browser, Map.of(), ada, PASSWORD);
        Answer tokens = web.redeem(code, Map.of());
        assertThat(web.userInfo(tokens.text("access_token")).status()).isEqualTo(200);
        Answer again = web.redeem(code, Map.of());
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("error")).isEqualTo("invalid_grant");
        assertThat(web.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        assertThat(web.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    public void O_05_aCodeIsNoGoodToAnotherClientOrForAnotherRedirectUri() {
        String code = web.code(browser, Map.of(), ada, PASSWORD);
        assertThat(web.redeem(code, Map.of("redirect_uri", "https://rp.example.org/cb"))
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(other.redeem(code, Map.of()).text("error")).isEqualTo("invalid_grant");
        assertThat(web.redeem(code, Map.of()).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    public void oidcc_ensure_registered_redirect_uri_O_01() {
        for (String wrong : new String[] {
            "https://rp.example.org/cb",
            "https://rp.example.org/cb?kept=1&more=2",
            "https://rp.example.org/cb?kept=1#x",
            "https://rp.example.org/CB?kept=1",
            "https://rp.example.org@evil.example/cb?kept=1",
            "https://rp.example.org/x/../cb?kept=1",
            "javascript:alert(1)"
        }) {
            Page page = browser.get(web.request(Map.of("redirect_uri", wrong)));
            assertThat(page.status()).as(wrong).isEqualTo(400);
            assertThat(page.location()).isEmpty();
            assertThat(page.html()).contains("redirect_uri");
        }
    }

    @Test
    public void oidcc_ensure_post_request_succeeds() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("response_type", "code");
        form.put("client_id", "web");
        form.put("redirect_uri", CALLBACK);
        form.put("scope", "openid");
        Page shown = browser.post("/oidc/authorize", form);
        assertThat(Party.parameters(web.signIn(browser, shown, ada, PASSWORD))).containsKey("code");
    }

    @Test
    public void oidcc_server_client_secret_post() {
        Party post = new Party(issuer, "trusted-post", Optional.empty(), CALLBACK);
        String code = post.code(browser, Map.of(), ada, PASSWORD);
        assertThat(post.redeem(code, Map.of("client_secret", Clients.SECRET)).status())
                .isEqualTo(200);
        assertThat(post.redeem(code, Map.of("client_secret", "wrong")).status()).isEqualTo(401);
    }

    @Test
    public void oidcc_claims_essential() {
        String claims = "{\"userinfo\":{\"name\":{\"essential\":true}},\"id_token\":{\"email\":null}}";
        Answer tokens = tokens(Map.of("claims", claims));
        assertThat(web.userInfo(tokens.text("access_token")).text("name")).isEqualTo("Ada L.");
        assertThat(Party.claims(tokens.text("id_token")).path("email").asText()).isEqualTo(ada + "@example.org");
    }

    @Test
    public void oidcc_refresh_token() {
        Answer tokens = tokens(Map.of("scope", "openid offline_access"));
        Answer next = web.refresh(tokens.text("refresh_token"));
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.text("refresh_token")).isNotEqualTo(tokens.text("refresh_token"));
        assertThat(Party.claims(next.text("id_token")).path("sub").asText()).isEqualTo(ada);
        assertThat(other.refresh(next.text("refresh_token")).text("error")).isEqualTo("unauthorized_client");
    }

    @Test
    public void oidcc_ensure_request_with_valid_pkce_succeeds_O_07_O_08() {
        String verifier = Party.verifier();
        Map<String, String> with = Map.of("code_challenge", Party.challenge(verifier), "code_challenge_method", "S256");
        for (String wrong : new String[] {"", Party.verifier(), verifier.substring(1), verifier + "!"}) {
            Answer answer = web.redeem(
                    web.code(browser, with, ada, PASSWORD),
                    wrong.isEmpty() ? Map.of() : Map.of("code_verifier", wrong));
            assertThat(answer.text("error")).as(wrong).isEqualTo("invalid_grant");
        }
        assertThat(web.redeem(web.code(browser, with, ada, PASSWORD), Map.of("code_verifier", verifier))
                        .status())
                .isEqualTo(200);
        assertThat(web.redeem(web.code(browser, Map.of(), ada, PASSWORD), Map.of("code_verifier", verifier))
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(end(Map.of("code_challenge", verifier, "code_challenge_method", "plain")))
                .containsEntry("error", "invalid_request");
    }

    @Test
    public void oidcc_formpost_server() {
        Page shown = browser.get(web.request(Map.of("response_mode", "form_post", "state", "\"><script>x</script>")));
        Page end = web.signIn(browser, shown, ada, PASSWORD);
        assertThat(end.status()).isEqualTo(200);
        assertThat(end.html()).doesNotContain("<script>x").contains("action=\"https://rp.example.org/cb");
        assertThat(end.hidden()).containsKeys("code", "iss").containsEntry("state", "\"><script>x</script>");
        assertThat(web.redeem(end.hidden().get("code"), Map.of()).status()).isEqualTo(200);
    }

    @Test
    public void oidcc_hybrid_and_id_token_at_the_authorization_endpoint() {
        assertThat(end(Map.of("response_type", "code id_token"))).containsEntry("error", "invalid_request");
        Map<String, String> hybrid = end(Map.of("response_type", "code id_token", "nonce", "n"));
        assertThat(Party.claims(hybrid.get("id_token")).has("c_hash")).isTrue();
        assertThat(web.redeem(hybrid.get("code"), Map.of()).status()).isEqualTo(200);
        Map<String, String> alone = end(Map.of("response_type", "id_token", "nonce", "n", "scope", "openid email"));
        assertThat(Party.claims(alone.get("id_token")).path("email").asText()).isEqualTo(ada + "@example.org");
    }

    @Test
    public void O_04_O_10_parametersTwiceAndTypesThatAreOffAreRefused() {
        Page twice = browser.get(web.request(Map.of()) + "&state=again");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(end(Map.of("response_type", "token"))).containsEntry("error", "unsupported_response_type");
        assertThat(web.post("/token", Map.of("grant_type", "password", "username", ada, "password", PASSWORD))
                        .text("error"))
                .isEqualTo("unsupported_grant_type");
    }

    @Test
    public void row131_tokensAreInspectedAndTakenBack_O_25_O_26() {
        Answer tokens = tokens(Map.of());
        String access = tokens.text("access_token");
        Answer good = web.post("/introspect", Map.of("token", access));
        assertThat(good.json().path("active").asBoolean()).isTrue();
        assertThat(good.text("username")).isEqualTo(ada);
        assertThat(other.post("/introspect", Map.of("token", access)).json().toString())
                .isEqualTo("{\"active\":false}");
        assertThat(other.post("/revoke", Map.of("token", access)).status()).isEqualTo(200);
        assertThat(web.userInfo(access).status()).isEqualTo(200);
        assertThat(web.post("/revoke", Map.of("token", access)).status()).isEqualTo(200);
        assertThat(web.userInfo(access).status()).isEqualTo(401);
        assertThat(web.post("/revoke", Map.of("token", "none")).status()).isEqualTo(200);
        assertThat(web.post("/revoke", Map.of("token", tokens.text("refresh_token")))
                        .status())
                .isEqualTo(200);
        assertThat(web.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    public void O_19_nothingIsGoodOfSomebodyWhoIsLocked() {
        Answer tokens = tokens(Map.of("scope", "openid offline_access"));
        String code = web.code(browser, Map.of(), ada, PASSWORD);
        assertThat(server.root()
                        .post("/api/v1/entities/" + ada + "/lock", Map.of())
                        .status())
                .isLessThan(300);
        assertThat(web.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        assertThat(web.post("/introspect", Map.of("token", tokens.text("access_token")))
                        .json()
                        .path("active")
                        .asBoolean())
                .isFalse();
        assertThat(web.redeem(code, Map.of()).text("error")).isEqualTo("invalid_grant");
        assertThat(web.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    public void row126_aClientGetsATokenForItself() {
        Answer own = web.post("/token", Map.of("grant_type", "client_credentials"));
        assertThat(own.status()).as(own.json().toString()).isEqualTo(200);
        assertThat(Party.claims(own.text("access_token")).path("sub").asText()).isEqualTo("web");
        assertThat(web.userInfo(own.text("access_token")).status()).isEqualTo(401);
        assertThat(other.post("/token", Map.of("grant_type", "client_credentials"))
                        .text("error"))
                .isEqualTo("unauthorized_client");
        assertThat(web.post("/token", Map.of("grant_type", "client_credentials", "scope", "openid"))
                        .text("error"))
                .isEqualTo("invalid_scope");
    }

    @Test
    public void O_38_whoeverSaysNoIsTakenBackWithoutACode() {
        Page shown = browser.get(other.request(Map.of()));
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.put("username", ada);
        form.put("password", PASSWORD);
        Page consent = browser.post("/oidc/login", form);
        assertThat(consent.html()).contains("consent-deny");
        Map<String, String> no = new LinkedHashMap<>(consent.hidden());
        no.put("deny", "true");
        assertThat(Party.parameters(browser.post("/oidc/consent", no))).containsEntry("error", "access_denied");
        Map<String, String> forged = new LinkedHashMap<>(consent.hidden());
        forged.put("approve", "true");
        assertThat(browser.post("/oidc/consent", forged).location()).isEmpty();
    }
}

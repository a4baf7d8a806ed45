package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.FapiClient;
import org.latchkey.itest.oauth.Key;
import org.latchkey.itest.oauth.KnownClients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.oauth.Person;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Modules of the OpenID Foundation's plan for the FAPI 2.0 Security Profile, with private_key_jwt and DPoP. */
public class OAuthFapiPlanIT {

    private static final Key KEY = new Key();
    private static final Key OTHER_KEY = new Key();
    private static final String CALLBACK = "https://app.example.org/callback";
    private static final String OTHER_CALLBACK = "https://app.example.org/callback?dummy1=lorem&dummy2=ipsum";

    @ClassRule
    public static final Server server = new Server().withEtc("latchkey.oauth", "profile=\"fapi2\"");

    private static Browser ada;

    private final String issuer = issuer();
    private final FapiClient app = new FapiClient(issuer, "app", KEY, CALLBACK);
    private final FapiClient other = new FapiClient(issuer, "other", OTHER_KEY, OTHER_CALLBACK);

    private static String issuer() {
        return "http://127.0.0.1:" + server.port() + "/oidc";
    }

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(new KnownClients()
                .with("app", metadata(KEY, CALLBACK))
                .with("other", metadata(OTHER_KEY, OTHER_CALLBACK))
                .jar());
        Http root = server.root();
        await(120, () -> root.serves("org.latchkey.oauth") && root.serves(KnownClients.NAME));
        ada = Person.of(server, "ada").browser();
        root.put("/api/v1/entities/ada/kv/email", Map.of("values", List.of("ada@example.org")));
        for (FapiClient each : List.of(
                new FapiClient(issuer(), "app", KEY, CALLBACK),
                new FapiClient(issuer(), "other", OTHER_KEY, OTHER_CALLBACK))) {
            Page shown = each.begin(ada, Map.of("scope", "openid email offline_access"));
            Page end = shown.html().contains("id=\"password\"")
                    ? each.party().signIn(ada, shown, "ada", Person.SECRET)
                    : each.party().allow(ada, shown);
            assertThat(Party.parameters(end)).containsKey("code");
        }
    }

    private static Map<String, Object> metadata(Key key, String callback) {
        return Map.of(
                "redirect_uris",
                List.of(callback),
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "jwks",
                key.jwks(),
                "token_endpoint_auth_method",
                "private_key_jwt");
    }

    private static void refused(String error, Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isIn(400, 401);
        assertThat(answer.text("error")).isEqualTo(error);
    }

    @Test
    public void happy_flow() {
        for (FapiClient each : List.of(app, other)) {
            Answer tokens = each.redeem(each.code(ada));
            assertThat(tokens.text("token_type")).isEqualTo("DPoP");
            String token = tokens.text("access_token");
            assertThat(each.userInfo("DPoP", token, Map.of()).text("sub")).isEqualTo("ada");
            FapiClient thief = each == app ? other : app;
            refused("invalid_token", thief.userInfo("DPoP", token, Map.of()));
        }
    }

    @Test
    public void user_rejects_authentication() {
        for (FapiClient each : List.of(app, other)) {
            Page consent = each.begin(ada, Map.of("prompt", "consent"));
            Map<String, String> no = new LinkedHashMap<>(consent.hidden());
            no.put("deny", "true");
            Page end = ada.post("/oidc/consent", no);
            assertThat(end.location()).startsWith(each.party().redirectUri());
            assertThat(Party.parameters(end))
                    .containsEntry("error", "access_denied")
                    .containsEntry("state", "st-1")
                    .containsEntry("iss", issuer);
        }
    }

    @Test
    public void request_without_state_or_with_a_long_one_success() {
        assertThat(app.answered(ada, Map.of("state", ""))).doesNotContainKey("state");
        String state = "s".repeat(1000);
        assertThat(app.answered(ada, Map.of("state", state))).containsEntry("state", state);
    }

    @Test
    public void request_without_nonce_or_with_one_of_64_or_384_characters_success() {
        for (String nonce : List.of("", "n".repeat(64), "n".repeat(384))) {
            String code = app.answered(ada, Map.of("nonce", nonce)).get("code");
            assertThat(Party.claims(app.redeem(code).text("id_token"))
                            .path("nonce")
                            .asText())
                    .isEqualTo(nonce);
        }
    }

    @Test
    public void other_scope_order_succeeds() {
        String code = app.answered(ada, Map.of("scope", "email openid")).get("code");
        assertThat(app.redeem(code).text("scope")).contains("openid", "email");
    }

    @Test
    public void claims_parameter_identity_claims() {
        Map<String, String> claims =
                Map.of("scope", "openid email", "claims", "{\"userinfo\":{\"email\":{\"essential\":true}}}");
        Page end = app.party().allow(ada, app.begin(ada, claims));
        Answer tokens = app.redeem(Party.parameters(end).get("code"));
        assertThat(app.userInfo("DPoP", tokens.text("access_token"), Map.of()).text("email"))
                .isEqualTo("ada@example.org");
    }

    @Test
    public void access_token_type_header_case_sensitivity() {
        String token = app.redeem(app.code(ada)).text("access_token");
        for (String scheme : List.of("DPoP", "dpop", "DPOP", "dPoP")) {
            assertThat(app.userInfo(scheme, token, Map.of()).status())
                    .as(scheme)
                    .isEqualTo(200);
        }
    }

    @Test
    public void proofs_with_nbf_and_exp_and_of_clocks_10_seconds_off_succeed() {
        long now = Instant.now().getEpochSecond();
        List<Map<String, Object>> all = List.of(
                Map.of("nbf", now, "exp", now + 60),
                Map.of("iat", Instant.now().getEpochSecond() - 10),
                Map.of("iat", Instant.now().getEpochSecond() + 10));
        for (Map<String, Object> claims : all) {
            Answer pushed =
                    app.party().post("/par", app.signed(app.asked(Map.of())), app.proof("POST", "/par", claims));
            assertThat(pushed.status()).as(claims.toString()).isEqualTo(201);
            Page end = ada.get(app.party().pushedRequest(pushed));
            String code = Party.parameters(end).get("code");
            Answer tokens = app.redeem(code, app.verifier(), app.proof("POST", "/token", claims));
            assertThat(tokens.status()).as(claims.toString()).isEqualTo(200);
            assertThat(app.userInfo("DPoP", tokens.text("access_token"), claims).status())
                    .as(claims.toString())
                    .isEqualTo(200);
        }
    }

    @Test
    public void what_stands_beside_a_pushed_request_is_not_used() {
        Answer pushed = app.push(Map.of("state", "", "nonce", "inside"));
        Page end = ada.get(app.party().pushedRequest(pushed) + "&state=outside&nonce=outside");
        assertThat(Party.parameters(end)).doesNotContainKey("state");
        String idToken = app.redeem(Party.parameters(end).get("code")).text("id_token");
        assertThat(Party.claims(idToken).path("nonce").asText()).isEqualTo("inside");
        assertThat(Party.claims(idToken).has("s_hash")).isFalse();
        Answer both = app.push(Map.of("state", "inside"));
        Page other = ada.get(app.party().pushedRequest(both) + "&state=outside");
        assertThat(Party.parameters(other)).containsEntry("state", "inside");
    }

    @Test
    public void what_the_profile_does_not_have_is_refused_when_it_is_pushed() {
        refused("unsupported_response_type", app.push(Map.of("response_type", "token")));
        refused("unsupported_response_type", app.push(Map.of("response_type", "code id_token", "nonce", "n")));
        refused("invalid_request", app.push(Map.of("redirect_uri", "")));
        refused("invalid_request", app.push(Map.of("redirect_uri", "https://app.example.org/unregistered")));
        refused("invalid_request", app.push(Map.of("code_challenge", "", "code_challenge_method", "")));
        refused("invalid_request", app.push(Map.of("code_challenge_method", "plain")));
        refused("invalid_request", app.push(Map.of("request_uri", "urn:ietf:params:oauth:request_uri:x")));
    }

    @Test
    public void par_attempt_invalid_http_method() {
        HttpRequest.Builder put = HttpRequest.newBuilder(URI.create(issuer + "/par"))
                .PUT(HttpRequest.BodyPublishers.ofString("client_id=app"));
        assertThat(Party.send(put).status()).isEqualTo(405);
    }

    @Test
    public void par_reused_request_uri_prior_to_auth_completion_succeeds_and_afterwards_or_of_another_client_fails() {
        Answer pushed = app.push(Map.of());
        String path = app.party().pushedRequest(pushed);
        Browser fresh = new Browser("http://127.0.0.1:" + server.port());
        assertThat(fresh.get(path).html()).contains("id=\"password\"");
        assertThat(fresh.get(other.party().pushedRequest(pushed)).html()).contains("invalid_request_uri");
        Page end = app.party().signIn(fresh, fresh.get(path), "ada", Person.SECRET);
        assertThat(app.redeem(Party.parameters(end).get("code")).status()).isEqualTo(200);
        assertThat(fresh.get(path).html()).contains("invalid_request_uri");
    }

    @Test
    public void code_is_bound_to_client_and_holder_of_key_and_verifier() {
        String wrongVerifier = Party.verifier();
        refused("invalid_grant", other.redeem(app.code(ada), app.verifier(), other.proof("POST", "/token", Map.of())));
        refused("invalid_dpop_proof", app.redeem(app.code(ada), app.verifier(), Map.of()));
        refused("invalid_grant", app.redeem(app.code(ada), Map.of(), app.proof("POST", "/token", Map.of())));
        refused(
                "invalid_grant",
                app.redeem(
                        app.code(ada), Map.of("code_verifier", wrongVerifier), app.proof("POST", "/token", Map.of())));
    }

    @Test
    public void client_id_and_assertion_in_token_endpoint() {
        Map<String, String> proof = app.proof("POST", "/token", Map.of());
        Map<String, String> otherId = new LinkedHashMap<>(app.verifier());
        otherId.put("client_id", "other");
        Answer mixed = app.redeem(app.code(ada), otherId, proof);
        assertThat(mixed.status()).isIn(400, 401);
        assertThat(mixed.text("error")).isIn("invalid_client", "invalid_request", "invalid_grant");
        refused(
                "invalid_client",
                app.party().redeem(app.code(ada), app.verifier(), app.proof("POST", "/token", Map.of())));
    }

    @Test
    public void wrong_client_assertions_fail() {
        long now = Instant.now().getEpochSecond();
        Map<String, Map<String, Object>> wrong = Map.of(
                "expired 5 minutes ago", Map.of("iat", now - 360, "exp", now - 300),
                "another audience", Map.of("aud", "https://other.example.org"),
                "the endpoint as audience", Map.of("aud", issuer + "/par"),
                "the token endpoint as audience", Map.of("aud", issuer + "/token"),
                "an array as audience", Map.of("aud", List.of(issuer, "https://other.example.org")),
                "no subject", Map.of("sub", ""),
                "not before 70 seconds", Map.of("iat", now + 70, "nbf", now + 70, "exp", now + 130));
        wrong.forEach((what, claims) -> {
            Answer answer = app.party().post("/par", app.signed(app.asked(Map.of()), claims));
            assertThat(answer.status()).as(what).isIn(400, 401);
            assertThat(answer.text("error")).as(what).isEqualTo("invalid_client");
        });
        Map<String, Object> ahead = Map.of("iat", now + 8, "nbf", now + 8, "exp", now + 68);
        assertThat(app.party()
                        .post("/par", app.signed(app.asked(Map.of()), ahead))
                        .status())
                .as("of a clock that is 8 seconds ahead")
                .isEqualTo(201);
    }

    @Test
    public void refresh_token() {
        for (FapiClient each : List.of(app, other)) {
            Map<String, String> offline = Map.of("scope", "openid offline_access");
            Answer tokens = each.redeem(each.answered(ada, offline).get("code"));
            String refresh = tokens.text("refresh_token");
            Map<String, String> form = Map.of("grant_type", "refresh_token", "refresh_token", refresh);
            FapiClient thief = each == app ? other : app;
            refused("invalid_client", each.party().post("/token", form, each.proof("POST", "/token", Map.of())));
            refused("invalid_dpop_proof", each.party().post("/token", each.signed(form)));
            Answer next = each.refresh(refresh);
            assertThat(next.status()).as(next.json().toString()).isEqualTo(200);
            assertThat(each.userInfo("DPoP", next.text("access_token"), Map.of())
                            .status())
                    .isEqualTo(200);
            refused("invalid_grant", thief.refresh(refresh));
        }
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.itest.oauth.Clients;
import org.latchkey.itest.oauth.Flow;
import org.latchkey.itest.oauth.Flow.Answered;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.oauth.ResponseTypes;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;

/** The modules of the OpenID Foundation's basic, hybrid and implicit plans and those with form_post, each in every way. */
public class OidcResponseTypesIT extends ResponseTypes {

    public OidcResponseTypesIT(String type, String mode) {
        super(type, mode);
    }

    @Test
    public void oidcc_server_oidcc_idtoken_signature() throws Exception {
        Answered answered = flow.answered(ada, Map.of());
        JWKSet keys = JWKSet.load(URI.create(issuer + "/jwks").toURL());
        IDTokenValidator validator = new IDTokenValidator(
                new Issuer(issuer),
                new ClientID("trusted-web"),
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)),
                null);
        SignedJWT first = SignedJWT.parse(answered.idToken());
        assertThat(first.getHeader().getKeyID()).isNotEmpty();
        validator.validate(first, new Nonce(Flow.NONCE));
        assertThat(answered.claims().path("sub").asText()).isEqualTo("ada");
        if (answered.redeemed().isPresent()) {
            SignedJWT second = SignedJWT.parse(answered.redeemed().get().text("id_token"));
            validator.validate(second, new Nonce(Flow.NONCE));
            assertThat(second.getJWTClaimsSet().getSubject()).isEqualTo("ada");
        }
        Page asked = flow.begin(ada, Map.of("response_mode", flow.mode()));
        assertThat(flow.answered(asked).claims().path("sub").asText()).isEqualTo("ada");
    }

    @Test
    public void tokensAreNeverInAQuery() {
        Page page = flow.begin(ada, Map.of("response_mode", "query"));
        if (flow.type().equals("code")) {
            assertThat(page.location()).startsWith(CALLBACK + "&code=");
        } else {
            assertThat(page.location()).startsWith(CALLBACK + "#");
            assertThat(Party.parameters(page))
                    .containsEntry("error", "invalid_request")
                    .doesNotContainKeys("code", "access_token", "id_token");
        }
    }

    @Test
    public void oidcc_response_type_missing() {
        Page page = flow.begin(ada, Map.of("response_type", ""));
        Map<String, String> back = page.location().isEmpty() ? flow.back(page) : Party.parameters(page);
        assertThat(back).containsEntry("error", "invalid_request").containsEntry("state", "st-1");
    }

    @Test
    public void oidcc_userinfo_get_post_header_post_body() {
        Answered answered = flow.answered(ada, Map.of("scope", "openid email"));
        assertThat(told(answered).path("email").asText()).isEqualTo("ada@example.org");
        String token = answered.accessToken();
        HttpRequest.Builder header = HttpRequest.newBuilder(URI.create(issuer + "/userinfo"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody());
        HttpRequest.Builder body = HttpRequest.newBuilder(URI.create(issuer + "/userinfo"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("access_token=" + token));
        String sub = token.isEmpty() ? "" : "ada";
        assertThat(Party.send(header).text("sub")).isEqualTo(sub);
        assertThat(Party.send(body).text("sub")).isEqualTo(sub);
    }

    @Test
    public void oidcc_ensure_request_without_nonce_fails_or_succeeds_for_code_flow() {
        if (flow.gives("id_token")) {
            refused("invalid_request", flow.begin(ada, Map.of("nonce", "")));
        } else {
            assertThat(flow.answered(ada, Map.of("nonce", "")).claims().has("nonce"))
                    .isFalse();
        }
    }

    @Test
    public void oidcc_scope_profile_email_address_phone_all() {
        JsonNode all = told(flow.answered(ada, Map.of("scope", "openid profile email address phone")));
        assertThat(all.path("name").asText()).isEqualTo("Ada L.");
        assertThat(all.path("preferred_username").asText()).isEqualTo("ada");
        assertThat(all.path("email").asText()).isEqualTo("ada@example.org");
        assertThat(all.path("phone_number").asText()).isEqualTo("+49 30 1");
        assertThat(all.path("address").path("formatted").asText()).isEqualTo("Unter den Linden 1");
        Map<String, String> claims =
                Map.of("profile", "name", "email", "email", "address", "address", "phone", "phone_number");
        claims.forEach((scope, claim) -> {
            JsonNode told = told(flow.answered(ada, Map.of("scope", "openid " + scope)));
            claims.values().forEach(each -> assertThat(told.has(each)).as(scope).isEqualTo(each.equals(claim)));
        });
    }

    @Test
    public void oidcc_alternate_happy_flow() {
        String[] parts =
                web.request(flow.asked(Map.of("scope", "email openid"))).split("\\?");
        List<String> parameters = Arrays.asList(parts[1].split("&"));
        Collections.reverse(parameters);
        Answered answered = flow.answered(ada.get(parts[0] + "?" + String.join("&", parameters)));
        assertThat(told(answered).path("email").asText()).isEqualTo("ada@example.org");
    }

    @Test
    public void oidcc_display_page_display_popup_ui_locales_claims_locales_unknown_parameter() {
        for (Map<String, String> more : List.of(
                Map.of("display", "page"),
                Map.of("display", "popup"),
                Map.of("ui_locales", "de en"),
                Map.of("claims_locales", "de en"),
                Map.of("extra", "foobar"))) {
            assertThat(flow.answered(ada, more).claims().path("sub").asText()).isEqualTo("ada");
        }
        Page german = flow.begin(new Browser(base), Map.of("ui_locales", "de", "display", "popup"));
        assertThat(german.html()).contains("lang=\"de\"");
    }

    @Test
    public void oidcc_prompt_login() {
        Page login = flow.begin(ada, Map.of("prompt", "login"));
        long before = flow.answered(ada, Map.of()).claims().path("auth_time").asLong();
        Answered again = flow.answered(signedIn(ada, login));
        assertThat(again.claims().path("auth_time").asLong()).isGreaterThanOrEqualTo(before);
    }

    @Test
    public void oidcc_prompt_none_not_logged_in() {
        refused("login_required", flow.begin(new Browser(base), Map.of("prompt", "none")));
    }

    @Test
    public void oidcc_prompt_none_logged_in() {
        JsonNode first = flow.answered(ada, Map.of()).claims();
        JsonNode second = flow.answered(ada, Map.of("prompt", "none")).claims();
        assertThat(second.path("sub")).isEqualTo(first.path("sub"));
        assertThat(second.path("auth_time")).isEqualTo(first.path("auth_time"));
        Party asking = new Party(issuer, "asking", Optional.of(Clients.SECRET), CALLBACK);
        refused("consent_required", of(asking).begin(ada, Map.of("prompt", "none")));
    }

    @Test
    public void oidcc_max_age_1() {
        long before = flow.answered(ada, Map.of()).claims().path("auth_time").asLong();
        Map<String, String> young = Map.of("max_age", "1");
        await(20, () -> flow.begin(ada, young).html().contains("id=\"password\""));
        JsonNode claims = flow.answered(signedIn(ada, flow.begin(ada, young))).claims();
        assertThat(claims.path("auth_time").asLong()).isGreaterThan(before);
    }

    @Test
    public void oidcc_max_age_10000() {
        JsonNode first = flow.answered(ada, Map.of()).claims();
        JsonNode second = flow.answered(ada, Map.of("max_age", "10000")).claims();
        assertThat(second.path("auth_time")).isEqualTo(first.path("auth_time"));
    }

    @Test
    public void oidcc_id_token_hint_login_hint() {
        String hint = flow.answered(ada, Map.of()).idToken();
        Answered silent = flow.answered(ada, Map.of("prompt", "none", "id_token_hint", hint));
        assertThat(silent.claims().path("sub").asText()).isEqualTo("ada");
        refused("login_required", flow.begin(new Browser(base), Map.of("prompt", "none", "id_token_hint", hint)));
        Browser fresh = new Browser(base);
        Page login = flow.begin(fresh, Map.of("login_hint", "ada@hint.example"));
        assertThat(Page.unescaped(login.html())).contains("value=\"ada@hint.example\"");
    }

    @Test
    public void oidcc_ensure_request_with_acr_values_succeeds() {
        Answered answered = flow.answered(ada, Map.of("acr_values", "1 2"));
        assertThat(answered.claims().path("acr").asText()).isEqualTo("1");
    }

    @Test
    public void oidcc_ensure_registered_redirect_uri() {
        for (String wrong : List.of("https://rp.example.org/cb", CALLBACK + "&more=2", "https://evil.example/cb")) {
            Page page = flow.begin(ada, Map.of("redirect_uri", wrong));
            assertThat(page.status()).as(wrong).isEqualTo(400);
            assertThat(page.location()).isEmpty();
            assertThat(page.html()).contains("redirect_uri").doesNotContain("action=\"https");
        }
    }

    @Test
    public void oidcc_ensure_post_request_succeeds() {
        Page page = ada.post("/oidc/authorize", flow.asked(Map.of()));
        assertThat(flow.answered(page).claims().path("sub").asText()).isEqualTo("ada");
    }

    @Test
    public void oidcc_server_client_secret_post() {
        Party post = new Party(issuer, "trusted-post", Optional.empty(), CALLBACK);
        Flow posting = new Flow(post, flow.type(), flow.mode(), Map.of("client_secret", Clients.SECRET));
        assertThat(posting.answered(ada, Map.of()).claims().path("aud").asText())
                .isEqualTo("trusted-post");
    }

    @Test
    public void oidcc_claims_essential() {
        String claims = "{\"userinfo\":{\"name\":{\"essential\":true}},\"id_token\":{\"name\":{\"essential\":true}}}";
        Answered answered = flow.answered(ada, Map.of("claims", claims));
        assertThat(told(answered).path("name").asText()).isEqualTo("Ada L.");
        assertThat(answered.claims().path("name").asText()).isEqualTo("Ada L.");
    }

    /** The parameter {@code request_uri} is off as it comes, and the metadata say so. */
    @Test
    public void oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported() {
        assertThat(web.get("/.well-known/openid-configuration")
                        .json()
                        .path("request_uri_parameter_supported")
                        .asBoolean(true))
                .isFalse();
        refused("request_uri_not_supported", flow.begin(ada, Map.of("request_uri", "https://rp.example.org/r")));
    }

    @Test
    public void oidcc_unsigned_request_object_and_its_redirect_uri() {
        Party plain = new Party(issuer, "trusted-plain", Optional.of(Clients.SECRET), CALLBACK);
        JWTClaimsSet.Builder inside =
                new JWTClaimsSet.Builder().issuer("trusted-plain").audience(issuer);
        of(plain).asked(Map.of("nonce", "inside")).forEach(inside::claim);
        String object = new PlainJWT(inside.build()).serialize();
        Answered answered = of(plain).answered(ada, Map.of("request", object));
        assertThat(answered.claims().path("nonce").asText()).isEqualTo("inside");
        Map<String, String> elsewhere = Map.of("request", object, "redirect_uri", "https://other.example/cb");
        assertThat(of(plain).answered(ada, elsewhere).claims().path("sub").asText())
                .isEqualTo("ada");
    }

    @Test
    public void oidcc_ensure_request_with_valid_pkce_succeeds() {
        String verifier = Party.verifier();
        Map<String, String> with = Map.of("code_challenge", Party.challenge(verifier), "code_challenge_method", "S256");
        Flow proving = new Flow(web, flow.type(), flow.mode(), Map.of("code_verifier", verifier));
        assertThat(proving.answered(ada, with).claims().path("sub").asText()).isEqualTo("ada");
        Map<String, String> back = flow.back(flow.begin(ada, with));
        if (flow.gives("code")) {
            assertThat(web.redeem(back.get("code"), Map.of()).text("error")).isEqualTo("invalid_grant");
        }
    }

    /** A second use of the code ends what came with it from either endpoint. */
    @Test
    public void oidcc_codereuse() {
        Answered answered = flow.answered(ada, Map.of());
        String code = answered.back().getOrDefault("code", "none");
        assertThat(web.redeem(code, Map.of()).text("error")).isEqualTo("invalid_grant");
        int status = flow.gives("code") || !flow.gives("token") ? 401 : 200;
        assertThat(web.userInfo(answered.accessToken()).status()).isEqualTo(status);
        answered.redeemed().ifPresent(tokens -> assertThat(
                        web.userInfo(tokens.text("access_token")).status())
                .isEqualTo(401));
    }

    @Test
    public void oidcc_refresh_token() {
        Answered answered = flow.answered(ada, Map.of("scope", "openid offline_access"));
        if (answered.redeemed().isPresent()) {
            Answer next = web.refresh(answered.redeemed().get().text("refresh_token"));
            assertThat(next.status()).as(next.json().toString()).isEqualTo(200);
            assertThat(Party.claims(next.text("id_token")).path("sub").asText()).isEqualTo("ada");
        }
    }
}

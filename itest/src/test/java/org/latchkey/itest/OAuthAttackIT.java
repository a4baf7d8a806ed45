package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Browser.encoded;
import static org.latchkey.itest.server.Server.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Badges;
import org.latchkey.itest.oauth.Clients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Wire;

/** The OAuth server under attack: rows O of the list of attacks that no other test is about. */
public class OAuthAttackIT {

    private static final String PASSWORD = "correct horse battery";
    private static final String CALLBACK = "https://rp.example.org/cb";

    @ClassRule
    public static final Server server = new Server();

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final Browser browser = new Browser(base);
    private final Party web = new Party(issuer, "web", Optional.of(Clients.SECRET), CALLBACK);
    private final Party spa = new Party(issuer, "spa", Optional.empty(), CALLBACK);
    private final Party mail = new Party(issuer, "mail", Optional.of(Clients.SECRET), CALLBACK);
    private final Party cli = new Party(issuer, "cli", Optional.empty(), "http://127.0.0.1/cb");

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(new Clients()
                .with(
                        "web",
                        "\"redirect_uris\", List.of(\"" + CALLBACK
                                + "\"), \"grant_types\", List.of(\"authorization_code\", \"client_credentials\")")
                .with(
                        "spa",
                        "\"redirect_uris\", List.of(\"" + CALLBACK + "\"), \"token_endpoint_auth_method\", \"none\"")
                .with(
                        "cli",
                        "\"redirect_uris\", List.of(\"http://127.0.0.1/cb\", \"http://localhost/cb\"),"
                                + " \"application_type\", \"native\", \"token_endpoint_auth_method\", \"none\"")
                .with(
                        "mail",
                        "\"redirect_uris\", List.of(\"" + CALLBACK
                                + "\"), \"grant_types\", List.of(\"authorization_code\", \"refresh_token\")")
                .with(
                        "post",
                        "\"redirect_uris\", List.of(\"" + CALLBACK
                                + "\"), \"grant_types\", List.of(\"authorization_code\", \"refresh_token\")")
                .jar());
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.oauth") && root.serves("org.example.clients"));
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    private Page ask(Party party, Map<String, String> more) {
        return browser.get(party.request(more));
    }

    @Test
    public void O_01_noRedirectUriThatIsNotRegisteredIsEverGoneTo() {
        for (String wrong : List.of(
                CALLBACK + "/x",
                CALLBACK + "/..",
                CALLBACK + "%2e%2e",
                CALLBACK + "%252e",
                CALLBACK + "\\",
                CALLBACK + "#",
                CALLBACK + "?a=b",
                "https://rp.example.org.evil.example/cb",
                "https://rp.example.org./cb",
                "https://user@rp.example.org/cb",
                "https://rp.example.org:8443/cb",
                "HTTPS://RP.EXAMPLE.ORG/cb",
                "//rp.example.org/cb",
                "data:text/html,x",
                "")) {
            Page page = ask(web, Map.of("redirect_uri", wrong));
            assertThat(page.status()).as(wrong).isEqualTo(400);
            assertThat(page.location()).as(wrong).isEmpty();
            assertThat(page.html()).contains("invalid_request");
        }
    }

    @Test
    public void O_02_onlyThePortOfALoopbackAddressMayDiffer() {
        Map<String, String> pkce =
                Map.of("code_challenge", Party.challenge(Party.verifier()), "code_challenge_method", "S256");
        for (String good : List.of("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb", "http://localhost/cb")) {
            assertThat(browser.get(new Party(issuer, "cli", Optional.empty(), good).request(pkce))
                            .status())
                    .as(good)
                    .isEqualTo(200);
        }
        for (String wrong : List.of(
                "http://localhost:49152/cb",
                "http://127.0.0.2:49152/cb",
                "http://127.0.0.1:49152/cb?x=y",
                "http://127.0.0.1:49152/other",
                "https://127.0.0.1:49152/cb",
                "http://[::1]:49152/cb",
                "http://127.0.0.1:49152@evil.example/cb")) {
            assertThat(browser.get(new Party(issuer, "cli", Optional.empty(), wrong).request(pkce))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    public void O_09_aPublicClientNeedsPkce() {
        assertThat(Party.parameters(ask(spa, Map.of()))).containsEntry("error", "invalid_request");
        assertThat(Party.parameters(ask(cli, Map.of()))).containsEntry("error", "invalid_request");
    }

    @Test
    public void O_13_everyAnswerSaysWhoseItIs() {
        assertThat(Party.parameters(ask(web, Map.of("prompt", "none")))).containsEntry("iss", issuer);
        assertThat(Party.parameters(web.signIn(browser, ask(web, Map.of()), "ada", PASSWORD)))
                .containsEntry("iss", issuer)
                .containsKey("code");
        assertThat(web.get("/.well-known/openid-configuration")
                        .json()
                        .path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
    }

    @Test
    public void O_16_credentialsCountInOnePlaceAndNeverInTheQuery() {
        String form = "grant_type=client_credentials";
        String both = form + "&client_id=web&client_secret=" + encoded(Clients.SECRET);
        assertThat(token("", form, Clients.SECRET).status()).isEqualTo(200);
        assertThat(token("", both, Clients.SECRET).status()).isEqualTo(400);
        assertThat(token("?client_id=web&client_secret=" + encoded(Clients.SECRET), form, "")
                        .status())
                .isIn(400, 401);
        for (String wrong : List.of("x", Clients.SECRET + "x", Clients.SECRET.substring(1))) {
            Answer answer = token("", form, wrong);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("error")).isEqualTo("invalid_client");
            assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                    .isPresent();
        }
    }

    private Answer token(String query, String form, String secret) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + "/token" + query))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (!secret.isEmpty()) {
            String pair = "web:" + secret;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return Party.send(request);
    }

    @Test
    public void O_17_aRefreshTokenIsForWhatWasAllowedAndNothingMore() {
        Map<String, String> asked =
                Map.of("scope", "openid offline_access email", "resource", "https://api.example.org/");
        String token = mail.redeem(mail.code(browser, asked, "ada", PASSWORD), Map.of())
                .text("refresh_token");
        assertThat(refreshed(token, Map.of("scope", "openid profile")).text("error"))
                .isEqualTo("invalid_scope");
        assertThat(refreshed(token, Map.of("resource", "https://other.example.org/"))
                        .text("error"))
                .isEqualTo("invalid_target");
        Answer less = refreshed(token, Map.of("scope", "openid"));
        assertThat(less.status()).as(less.json().toString()).isEqualTo(200);
        assertThat(less.text("scope")).isEqualTo("openid");
    }

    @Test
    public void O_17_aRefreshTokenThatAnotherClientBringsIsGoodForNobody() {
        Answer tokens =
                mail.redeem(mail.code(browser, Map.of("scope", "openid offline_access"), "ada", PASSWORD), Map.of());
        Party post = new Party(issuer, "post", Optional.of(Clients.SECRET), CALLBACK);
        assertThat(post.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(mail.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    private Answer refreshed(String token, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(more);
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        return mail.post("/token", form);
    }

    @Test
    public void O_17_takenOutAndPutBackTheServerKnowsWhatWasUsed() {
        Answer tokens =
                mail.redeem(mail.code(browser, Map.of("scope", "openid offline_access"), "ada", PASSWORD), Map.of());
        Answer next = mail.refresh(tokens.text("refresh_token"));
        Path jar = server.deploy().resolve(Server.shipped("org.latchkey.oauth").getFileName());
        server.undeploy(jar);
        await(60, () -> mail.get("/.well-known/openid-configuration").status() == 404);
        server.deploy(Server.shipped("org.latchkey.oauth"));
        await(60, () -> mail.userInfo(next.text("access_token")).status() == 200);
        Answer third = mail.refresh(next.text("refresh_token"));
        assertThat(third.status()).as(third.json().toString()).isEqualTo(200);
        assertThat(mail.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(mail.refresh(third.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    public void O_20_whoseAuthenticatorIsTakenOutIsGivenNothingUntilItIsBack() {
        Badges badges = Badges.deployed(server, PASSWORD);
        Map<String, String> offline = Map.of("scope", "openid offline_access");
        Answer tokens = mail.redeem(mail.code(browser, offline, "guest", PASSWORD), Map.of());
        assertThat(mail.userInfo(tokens.text("access_token")).text("sub")).isEqualTo("guest");
        String code = mail.code(new Browser(base), offline, "guest", PASSWORD);
        badges.takeOut();
        assertThat(mail.redeem(code, Map.of()).text("error")).isEqualTo("temporarily_unavailable");
        Answer refused = mail.refresh(tokens.text("refresh_token"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("error")).isEqualTo("temporarily_unavailable");
        assertThat(mail.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        assertThat(isActive(tokens.text("access_token"))).isFalse();
        assertThat(isActive(tokens.text("refresh_token"))).isFalse();
        assertThat(Party.parameters(ask(mail, Map.of("prompt", "none")))).containsEntry("error", "login_required");
        mail.post("/revoke", Map.of("token", tokens.text("access_token")));
        Badges.deployed(server, PASSWORD);
        assertThat(isActive(tokens.text("access_token"))).isFalse();
        assertThat(mail.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    private boolean isActive(String token) {
        return mail.post("/introspect", Map.of("token", token))
                .json()
                .path("active")
                .asBoolean();
    }

    @Test
    public void rfc9700_2_1_1_theMetadataSayThatPkceIsSupported() {
        assertThat(web.get("/.well-known/oauth-authorization-server").json().path("code_challenge_methods_supported"))
                .hasToString("[\"S256\"]");
    }

    @Test
    public void rfc9700_2_3_aTokenForAnotherServerIsNotTakenHere() {
        Map<String, String> asked = Map.of("scope", "email", "resource", "https://api.example.org/");
        Answer tokens = web.redeem(web.code(browser, asked, "ada", PASSWORD), Map.of());
        assertThat(Party.claims(tokens.text("access_token")).path("aud").asText())
                .isEqualTo("https://api.example.org/");
        Answer refused = web.userInfo(tokens.text("access_token"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("error")).isEqualTo("insufficient_scope");
    }

    @Test
    public void rfc9700_4_12_afterAPasswordTheBrowserIsSentOnBy303() {
        Page end = web.signIn(browser, ask(web, Map.of()), "ada", PASSWORD);
        assertThat(end.status()).isEqualTo(303);
        assertThat(end.location()).startsWith(CALLBACK + "?").doesNotContain(encoded(PASSWORD));
    }

    @Test
    public void rfc9700_4_15_aTokenOfAClientItselfIsToldFromOneOfAPerson() {
        Answer own = web.post("/token", Map.of("grant_type", "client_credentials"));
        Answer ofAda = web.redeem(web.code(browser, Map.of(), "ada", PASSWORD), Map.of());
        assertThat(Party.claims(own.text("access_token")).has("auth_time")).isFalse();
        assertThat(Party.claims(ofAda.text("access_token")).has("auth_time")).isTrue();
    }

    @Test
    public void O_34_theIssuerIsTheSettingsWhateverTheRequestSays() {
        Wire.Answer answer = new Wire(server.port())
                .send("GET /oidc/.well-known/openid-configuration HTTP/1.1\r\nHost: evil.example\r\n"
                        + "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n");
        assertThat(answer.body()).contains("\"issuer\":\"" + issuer + "\"").doesNotContain("evil.example");
    }

    @Test
    public void O_36_noOriginIsReflected() {
        for (String origin : List.of("https://evil.example", "null")) {
            Answer answer = Party.send(HttpRequest.newBuilder(URI.create(issuer + "/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", origin)
                    .POST(BodyPublishers.ofString("grant_type=client_credentials")));
            assertThat(answer.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(answer.response().headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
    }

    @Test
    public void O_37_pagesAreNotFramedAndTellNobodyWhereTheyCameFrom() {
        Page page = ask(web, Map.of());
        assertThat(page.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .contains("frame-ancestors 'none'");
        assertThat(page.response().headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.response().headers().firstValue("Cache-Control")).contains("no-store");
        String code =
                Party.parameters(web.signIn(browser, page, "ada", PASSWORD)).get("code");
        Answer tokens = web.redeem(code, Map.of());
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(server.logs()).doesNotContain(code).doesNotContain(tokens.text("access_token"));
    }

    @Test
    public void O_39_whatIsTooLargeOrDeepIsRefused() {
        assertThat(Party.parameters(ask(web, Map.of("claims", "{".repeat(30) + "}".repeat(30)))))
                .containsEntry("error", "invalid_request");
        assertThat(Party.parameters(ask(web, Map.of("claims", "[1]")))).containsEntry("error", "invalid_request");
        Page page = browser.post(
                "/oidc/authorize",
                Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        "web",
                        "redirect_uri",
                        CALLBACK,
                        "ui_locales",
                        "x".repeat(300_000)));
        assertThat(page.status()).isIn(400, 413);
        Page shown = ask(web, Map.of("ui_locales", "{{nonce}} <script>", "acr_values", "<b>"));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.html()).doesNotContain("<script>").doesNotContain("<b>");
    }
}

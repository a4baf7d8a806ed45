package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Requests in signed objects (RFC 9101) from outside. */
public class OAuthRequestObjectIT {

    private static final String SECRET = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/cb";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Key KEY = new Key();

    @ClassRule
    public static final Server server = new Server();

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);
    private final Party app = new Party(issuer, "app", Optional.of("app-secret"), CALLBACK);
    private final Party strict = new Party(issuer, "strict", Optional.of("app-secret"), CALLBACK);
    private final Party plain = new Party(issuer, "plain", Optional.of("app-secret"), CALLBACK);

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Map<String, Object> app = Map.of("redirect_uris", List.of(CALLBACK), "jwks", KEY.jwks());
        Map<String, Object> strict = new HashMap<>(app);
        strict.put("require_signed_request_object", true);
        Map<String, Object> plain = new HashMap<>(app);
        plain.put("request_object_signing_alg", "none");
        plain.put("request_uris", List.of("https://app.example.org/request"));
        server.deploy(new KnownClients()
                .with("app", app, List.of("app-secret"))
                .with("strict", strict, List.of("app-secret"))
                .with("plain", plain, List.of("app-secret"))
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

    private Map<String, Object> claims(String client) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                client,
                "aud",
                issuer,
                "nbf",
                now,
                "exp",
                now + 300,
                "client_id",
                client,
                "response_type",
                "code",
                "redirect_uri",
                CALLBACK,
                "scope",
                "openid",
                "state",
                "signed"));
        claims.put("nonce", "n-1");
        return claims;
    }

    private String object(String client, Map<String, Object> more) {
        Map<String, Object> claims = claims(client);
        claims.putAll(more);
        return KEY.signed("oauth-authz-req+jwt", claims);
    }

    private static String unsigned(Map<String, Object> claims) {
        StringBuilder json = new StringBuilder("{");
        claims.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value instanceof Number ? value : "\"" + value + "\""));
        return base64("{\"alg\":\"none\"}") + "." + base64(json + "}") + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> code(Party party, Page login) {
        return Party.parameters(login.location().isEmpty() ? party.signIn(browser, login, ada, SECRET) : login);
    }

    @Test
    public void row135_aSignedRequestIsAnswered() {
        Page login = browser.get(app.request(Map.of("request", object("app", Map.of()), "state", "outside")));
        Map<String, String> back = code(app, login);
        assertThat(back).containsEntry("state", "signed").containsKey("code");
        Answer tokens = app.redeem(back.get("code"), Map.of());
        assertThat(Party.claims(tokens.text("id_token")).path("nonce").asText()).isEqualTo("n-1");
        Answer metadata = app.get("/.well-known/openid-configuration");
        assertThat(metadata.json().path("request_parameter_supported").asBoolean())
                .isTrue();
        assertThat(metadata.json().path("request_uri_parameter_supported").asBoolean(true))
                .isFalse();
        assertThat(metadata.json()
                        .path("request_object_signing_alg_values_supported")
                        .toString())
                .contains("ES256")
                .doesNotContain("HS256");
    }

    @Test
    public void row135_whereItIsDemandedOnlyTheObjectCounts() {
        Map<String, String> outside =
                Map.of("request", object("strict", Map.of()), "login_hint", "x", "scope", "openid email");
        Map<String, String> back = code(strict, browser.get(strict.request(outside)));
        assertThat(strict.redeem(back.get("code"), Map.of()).text("scope")).isEqualTo("openid");
        assertThat(Party.parameters(browser.get(strict.request(Map.of())))).containsEntry("error", "invalid_request");
        assertThat(strict.push(Map.of()).text("error")).isEqualTo("invalid_request");
        Map<String, Object> old = Map.of("nbf", Instant.now().getEpochSecond() - 4_000);
        assertThat(Party.parameters(browser.get(strict.request(Map.of("request", object("strict", old))))))
                .containsEntry("error", "invalid_request_object");
        Answer pushed = strict.post("/par", Map.of("request", object("strict", Map.of())));
        assertThat(pushed.status()).as(pushed.json().toString()).isEqualTo(201);
        assertThat(code(strict, browser.get(strict.pushedRequest(pushed)))).containsEntry("state", "signed");
    }

    @Test
    public void o11_whatIsWrongIsRefused() {
        String[] parts = object("app", Map.of()).split("\\.");
        Map<String, String> wrong = Map.of(
                "another key", new Key().signed("JWT", claims("app")),
                "other aud", object("app", Map.of("aud", "https://evil.example")),
                "other client", object("app", Map.of("client_id", "strict")),
                "other iss", object("app", Map.of("iss", "strict")),
                "expired", object("app", Map.of("exp", 1_700_000_000L)),
                "nested", object("app", Map.of("request_uri", "https://app.example.org/r")),
                "alg none", unsigned(claims("app")),
                "no signature", parts[0] + "." + parts[1] + ".",
                "other type", object("app", Map.of("response_type", "id_token")));
        wrong.forEach((what, object) -> {
            Page page = browser.get(app.request(Map.of("request", object)));
            assertThat(Party.parameters(page)).as(what).containsEntry("error", "invalid_request_object");
            assertThat(app.push(Map.of("request", object)).text("error"))
                    .as(what)
                    .isEqualTo("invalid_request_object");
            Page alone = browser.get(app.request(Map.of("request", object, "redirect_uri", "")));
            assertThat(alone.status()).as(what).isEqualTo(400);
            assertThat(alone.html()).contains("invalid_request_object");
        });
        Page elsewhere = browser.get(app.request(
                Map.of("redirect_uri", "", "request", object("app", Map.of("redirect_uri", "https://evil.example")))));
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.location()).isEmpty();
    }

    @Test
    public void o11_onlyPushedRequestsAreTakenByAddress() {
        for (String uri : List.of(
                "https://app.example.org/request",
                "http://127.0.0.1:" + server.port() + "/healthz/live",
                "https://169.254.169.254/latest",
                "file:///etc/passwd",
                "urn:ietf:params:oauth:request_uri:unknown")) {
            Page page = browser.get(plain.request(Map.of("request_uri", uri)));
            assertThat(Party.parameters(page).get("error"))
                    .as(uri)
                    .isEqualTo(uri.startsWith("urn:") ? "invalid_request_uri" : "request_uri_not_supported");
        }
        Map<String, String> both = Map.of("request_uri", "urn:x", "request", object("plain", Map.of()));
        assertThat(Party.parameters(browser.get(plain.request(both)))).containsEntry("error", "invalid_request");
    }

    @Test
    public void oidcc_unsigned_request_object_supported_correctly() {
        Page login = browser.get(plain.request(Map.of("request", unsigned(claims("plain")))));
        assertThat(code(plain, login)).containsEntry("state", "signed").containsKey("code");
        Page signed = browser.get(plain.request(Map.of("request", object("plain", Map.of()))));
        assertThat(Party.parameters(signed)).containsEntry("error", "invalid_request_object");
    }
}

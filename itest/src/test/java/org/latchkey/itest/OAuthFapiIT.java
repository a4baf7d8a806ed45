package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.KnownClients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Crowd;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Pushed authorization requests (RFC 9126) and signed answers (JARM) from outside. */
public class OAuthFapiIT {

    private static final String SECRET = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/cb";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server();

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);
    private final Party app = new Party(issuer, "app", Optional.of("app-secret"), CALLBACK);
    private final Party other = new Party(issuer, "other", Optional.of("other-secret"), CALLBACK);

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(new KnownClients()
                .with("app", Map.of("redirect_uris", List.of(CALLBACK)), List.of("app-secret"))
                .with(
                        "other",
                        Map.of("redirect_uris", List.of(CALLBACK), "require_pushed_authorization_requests", true),
                        List.of("other-secret"))
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

    @Test
    public void row136_aPushedRequestIsAnsweredWithACode() {
        Answer pushed = app.push(Map.of("state", "pushed"));
        assertThat(pushed.status()).as(pushed.json().toString()).isEqualTo(201);
        assertThat(pushed.json().path("expires_in").asInt()).isEqualTo(60);
        assertThat(pushed.response().headers().firstValue("Cache-Control")).hasValue("no-store");
        Page login = browser.get(app.pushedRequest(pushed) + "&state=other&scope=openid%20email");
        Page end = app.signIn(browser, login, ada, SECRET);
        Map<String, String> back = Party.parameters(end);
        assertThat(back).containsEntry("state", "pushed").containsEntry("iss", issuer);
        Answer tokens = app.redeem(back.get("code"), Map.of());
        assertThat(tokens.text("scope")).isEqualTo("openid");
        Answer metadata = app.get("/.well-known/openid-configuration");
        assertThat(metadata.text("pushed_authorization_request_endpoint")).isEqualTo(issuer + "/par");
        assertThat(metadata.json().path("require_pushed_authorization_requests").asText())
                .isEqualTo("false");
    }

    @Test
    public void row136_answersAreSignedWhereTheClientWantsThat() {
        Map<String, String> modes = Map.of("jwt", "?", "query.jwt", "?", "fragment.jwt", "#");
        modes.forEach((mode, separator) -> {
            Page shown = browser.get(app.request(Map.of("response_mode", mode, "state", "st&2")));
            Page end = shown.location().isEmpty() ? app.signIn(browser, shown, ada, SECRET) : shown;
            assertThat(end.location()).as(mode).startsWith(CALLBACK + separator + "response=");
            Map<String, String> back = Party.parameters(end);
            assertThat(back).as(mode).containsOnlyKeys("response");
            JsonNode claims = Party.claims(back.get("response"));
            assertThat(claims.path("iss").asText()).isEqualTo(issuer);
            assertThat(claims.path("aud").asText()).isEqualTo("app");
            assertThat(claims.path("state").asText()).isEqualTo("st&2");
            assertThat(claims.path("exp").asLong()).isPositive();
            assertThat(app.redeem(claims.path("code").asText(), Map.of()).status())
                    .isEqualTo(200);
        });
        Page form = browser.get(app.request(Map.of("response_mode", "form_post.jwt")));
        assertThat(form.hidden()).containsOnlyKeys("response");
        Page refused = browser.get(app.request(Map.of("response_mode", "jwt", "prompt", "x")));
        assertThat(Party.claims(Party.parameters(refused).get("response"))
                        .path("error")
                        .asText())
                .isEqualTo("invalid_request");
        assertThat(Party.parameters(browser.get(app.request(Map.of("response_mode", "x")))))
                .containsEntry("error", "invalid_request");
        assertThat(app.get("/.well-known/openid-configuration")
                        .json()
                        .path("response_modes_supported")
                        .toString())
                .contains("\"jwt\"", "query.jwt", "fragment.jwt", "form_post.jwt");
    }

    @Test
    public void o12_aPushedRequestIsAnsweredOnce() {
        Answer pushed = app.push(Map.of());
        assertThat(Party.parameters(app.signIn(browser, browser.get(app.pushedRequest(pushed)), ada, SECRET)))
                .containsKey("code");
        Page again = browser.get(app.pushedRequest(pushed));
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.html()).contains("invalid_request_uri");
        assertThat(again.location()).isEmpty();
    }

    @Test
    public void o12_oneOf50AnswersHasACode() {
        app.code(browser, Map.of(), ada, SECRET);
        String path = app.pushedRequest(app.push(Map.of()));
        List<Page> pages = Crowd.ask(50, () -> browser.get(path));
        assertThat(pages.stream().filter(page -> page.location().contains("code=")))
                .hasSize(1);
        assertThat(pages.stream().map(Page::status)).containsOnly(303, 400);
    }

    @Test
    public void o12_aPushedRequestIsForItsClient() {
        Answer pushed = app.push(Map.of());
        Page page = browser.get(other.pushedRequest(pushed));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("invalid_request_uri");
        assertThat(browser.get(app.pushedRequest(pushed)).status()).isEqualTo(200);
    }

    @Test
    public void o12_aPushedRequestSurvivesARestart() {
        Answer pushed = app.push(Map.of());
        server.kill();
        server.start();
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth") && root.serves(KnownClients.NAME));
        assertThat(browser.get(app.pushedRequest(pushed)).status()).isEqualTo(200);
    }

    @Test
    public void o12_whatIsWrongIsRefusedWhenItIsPushed() {
        Party stranger = new Party(issuer, "app", Optional.of("wrong"), CALLBACK);
        assertThat(stranger.push(Map.of()).status()).isEqualTo(401);
        assertThat(stranger.push(Map.of()).text("error")).isEqualTo("invalid_client");
        Party silent = new Party(issuer, "app", Optional.empty(), CALLBACK);
        assertThat(silent.push(Map.of()).text("error")).isEqualTo("invalid_client");
        List<Map<String, String>> wrong = new ArrayList<>(List.of(
                Map.of("request_uri", "urn:ietf:params:oauth:request_uri:x"),
                Map.of("redirect_uri", "https://evil.example/cb"),
                Map.of("redirect_uri", ""),
                Map.of("response_type", ""),
                Map.of("code_challenge", "short", "code_challenge_method", "S256"),
                Map.of("state", "x".repeat(50_000))));
        for (Map<String, String> each : wrong) {
            Answer answer = app.push(each);
            assertThat(answer.status()).as(each.keySet().toString()).isEqualTo(400);
            assertThat(answer.text("error")).isEqualTo("invalid_request");
        }
        assertThat(app.push(Map.of("client_id", "other")).text("error")).isEqualTo("invalid_request");
        assertThat(app.get("/par").status()).isEqualTo(405);
    }

    @Test
    public void o12_aClientMayHaveToPushItsRequests() {
        Page page = browser.get(other.request(Map.of()));
        assertThat(Party.parameters(page)).containsEntry("error", "invalid_request");
        assertThat(other.push(Map.of()).status()).isEqualTo(201);
    }
}

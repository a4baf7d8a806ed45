package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.HttpCookie;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.LogoutClients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.oauth.Person;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Receiver;
import org.latchkey.itest.server.Server;

/**
 * How applications hear that a session of the OAuth server has ended, from outside: in the background, through the browser,
 * by a frame of their own, and by the CAS protocol. What {@code oidcc_} tests are named after are the modules of the OpenID
 * Foundation's conformance suite.
 */
public class OAuthLogoutChannelsIT {

    private static final String CALLBACK = "https://app.example.org/cb";
    private static final String BYE = "https://app.example.org/bye";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Receiver receiver = new Receiver();

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.cas.service-app", "url=\"" + receiver.url() + "/cas\"", "logout=\"back_channel\"");

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final Person ada = Person.of(server, "ada" + NUMBER.incrementAndGet());
    private final Browser browser = ada.browser();
    private final Party app = party("app");
    private final Party framed = party("framed");
    private final Party told = party("told");

    private Party party(String id) {
        return new Party(issuer, id, Optional.of(LogoutClients.SECRET), CALLBACK);
    }

    @BeforeClass
    public static void deploy() {
        Map<String, String> usual = Map.of(
                "redirect_uris", "List.of(\"" + CALLBACK + "\")",
                "post_logout_redirect_uris", "List.of(\"" + BYE + "\")",
                "grant_types", "List.of(\"authorization_code\", \"refresh_token\")");
        Map<String, String> withFrame = new LinkedHashMap<>(usual);
        withFrame.put("frontchannel_logout_uri", "\"https://framed.example.org/out\"");
        withFrame.put("frontchannel_logout_session_required", "true");
        Map<String, String> listening = new LinkedHashMap<>(usual);
        listening.put("backchannel_logout_uri", "\"" + receiver.url() + "/told\"");
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(Server.shipped("org.latchkey.cas"));
        server.deploy(new LogoutClients()
                .with("app", usual)
                .with("framed", withFrame)
                .with("told", listening)
                .jar("org.example.clients"));
        Http root = server.root();
        await(
                60,
                () -> root.serves("org.latchkey.oauth")
                        && root.serves("org.latchkey.cas")
                        && root.serves("org.example.clients"));
    }

    @Test
    public void O_33_signingInAgainMakesANewCookieAndTheOldOneDies() {
        ada.signIn(app);
        String old = ada.cookie("TGC-latchkey");
        Page login = browser.get(app.request(Map.of("prompt", "login")));
        assertThat(Party.parameters(app.signIn(browser, login, ada.name(), Person.SECRET)))
                .containsKey("code");
        assertThat(ada.cookie("TGC-latchkey")).isNotEqualTo(old);
        Browser thief = new Browser(base);
        HttpCookie stolen = new HttpCookie("TGC-latchkey", old);
        stolen.setPath("/");
        stolen.setVersion(0);
        thief.cookies().getCookieStore().add(URI.create(base), stolen);
        assertThat(Party.parameters(thief.get(app.request(Map.of("prompt", "none")))))
                .containsEntry("error", "login_required");
    }

    @Test
    public void oidcc_frontchannel_logout_discovery_endpoint_verification() {
        Answer metadata = app.get("/.well-known/openid-configuration");
        assertThat(metadata.json().path("frontchannel_logout_supported").asBoolean())
                .isTrue();
        assertThat(metadata.json().path("frontchannel_logout_session_supported").asBoolean())
                .isTrue();
    }

    @Test
    public void oidcc_frontchannel_rp_initiated_logout() {
        String sid =
                Party.claims(ada.signIn(framed).text("id_token")).path("sid").asText();
        String hint = ada.signIn(app).text("id_token");
        Page page = app.logOut(browser, Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE, "state", "s"));
        assertThat(page.status()).isEqualTo(200);
        String html = Page.unescaped(page.html());
        assertThat(html)
                .contains("src=\"https://framed.example.org/out?iss=" + Browser.encoded(issuer) + "&sid=" + sid + "\"")
                .contains("<a id=\"continue\" href=\"" + BYE + "?state=s\">");
        assertThat(page.response().headers().allValues("Content-Security-Policy"))
                .allSatisfy(
                        policy -> assertThat(policy).containsPattern("frame-src https://framed\\.example\\.org(;|$)"));
        assertThat(ada.isSignedIn(app)).isFalse();
    }

    @Test
    public void aClientThatNobodySignedInToHasNoFrame() {
        String hint = ada.signIn(app).text("id_token");
        assertThat(app.logOut(browser, Map.of("id_token_hint", hint)).html()).doesNotContain("<iframe");
    }

    @Test
    public void oidcc_session_management_discovery_endpoint_verification() {
        assertThat(app.get("/.well-known/openid-configuration").text("check_session_iframe"))
                .isEqualTo(issuer + "/check-session");
        Page frame = browser.get("/oidc/check-session");
        assertThat(frame.status()).isEqualTo(200);
        assertThat(frame.response().headers().firstValue("X-Frame-Options")).isEmpty();
        assertThat(frame.response().headers().allValues("Content-Security-Policy"))
                .anySatisfy(policy -> assertThat(policy).contains("frame-ancestors *"))
                .anySatisfy(policy -> assertThat(policy).startsWith("default-src 'none'"));
        Page login = new Browser(base).get(app.request(Map.of()));
        assertThat(login.response().headers().firstValue("X-Frame-Options")).contains("DENY");
    }

    @Test
    public void oidcc_session_management_rp_initiated_logout() {
        String hint = ada.signIn(app).text("id_token");
        String state = Party.parameters(browser.get(app.request(Map.of()))).get("session_state");
        assertThat(state).matches("[0-9a-f]{64}\\.[0-9a-f]{32}");
        String salt = state.substring(65);
        assertThat(state)
                .isEqualTo(
                        hash("app https://app.example.org " + ada.cookie("latchkey-state") + " " + salt) + "." + salt);
        assertThat(ada.cookie("latchkey-state")).isNotEmpty().isNotEqualTo(ada.cookie("TGC-latchkey"));
        app.logOut(browser, Map.of("id_token_hint", hint));
        assertThat(ada.cookie("latchkey-state")).isEmpty();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    public void oidcc_backchannel_logout_discovery_endpoint_verification() {
        Answer metadata = app.get("/.well-known/openid-configuration");
        assertThat(metadata.json().path("backchannel_logout_supported").asBoolean())
                .isTrue();
        assertThat(metadata.json().path("backchannel_logout_session_supported").asBoolean())
                .isTrue();
    }

    /** The logout tokens that a session was the subject of, once there are so many. */
    private static List<String> received(String sid, int count) {
        await(60, () -> tokens(sid).size() >= count);
        return tokens(sid);
    }

    private static List<String> tokens(String sid) {
        return receiver.calls().stream()
                .filter(call -> call.request().equals("POST /told"))
                .map(Receiver.Call::body)
                .filter(body -> body.startsWith("logout_token="))
                .map(body -> body.substring("logout_token=".length()))
                .filter(token -> Party.claims(token).path("sid").asText().equals(sid))
                .toList();
    }

    private static String sid(Answer tokens) {
        return Party.claims(tokens.text("id_token")).path("sid").asText();
    }

    @Test
    public void oidcc_backchannel_rp_initiated_logout() {
        String sid = sid(ada.signIn(told));
        String hint = ada.signIn(app).text("id_token");
        app.logOut(browser, Map.of("id_token_hint", hint));
        String token = received(sid, 1).get(0);
        assertThat(Party.header(token).path("typ").asText()).isEqualTo("logout+jwt");
        assertThat(app.isSignedRs256(token)).isTrue();
        JsonNode claims = Party.claims(token);
        assertThat(claims.path("iss").asText()).isEqualTo(issuer);
        assertThat(claims.path("aud").asText()).isEqualTo("told");
        assertThat(claims.path("sub").asText()).isEqualTo(ada.name());
        assertThat(claims.path("jti").asText()).isNotEmpty();
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isBetween(1L, 120L);
        assertThat(claims.path("events")
                        .path("http://schemas.openid.net/event/backchannel-logout")
                        .isObject())
                .isTrue();
        assertThat(claims.has("nonce")).isFalse();
        assertThat(app.logOut(browser, Map.of("id_token_hint", token)).location())
                .as("it is no id token")
                .isEmpty();
    }

    @Test
    public void O_31_aClientThatCannotNowIsToldAgain() {
        String sid = sid(ada.signIn(told));
        receiver.answer(503);
        try {
            browser.post("/logout", browser.get("/logout").hidden());
            received(sid, 1);
        } finally {
            receiver.answer(200);
        }
        List<String> all = received(sid, 2);
        assertThat(Party.claims(all.get(1)).path("jti"))
                .isNotEqualTo(Party.claims(all.get(0)).path("jti"));
    }

    @Test
    public void O_33_aSessionThatSomebodyElseReplacesHasEnded() {
        String sid = sid(ada.signIn(told));
        String eve = "eve" + NUMBER.incrementAndGet();
        server.root().post("/api/v1/entities", Map.of("id", eve, "secret", Person.SECRET));
        Page login = browser.get(told.request(Map.of("prompt", "login")));
        Map<String, String> back = Party.parameters(told.signIn(browser, login, eve, Person.SECRET));
        Answer tokens = told.redeem(back.get("code"), Map.of());
        assertThat(sid(tokens)).isNotEqualTo(sid);
        assertThat(Party.claims(received(sid, 1).get(0)).path("sub").asText()).isEqualTo(ada.name());
    }

    @Test
    public void row142_everyProtocolHearsOfIt() {
        String hint = ada.signIn(app).text("id_token");
        String service = receiver.url() + "/cas";
        String ticket = browser.ticket(service);
        String path = "/cas/serviceValidate?service=" + Browser.encoded(service) + "&ticket=" + ticket;
        assertThat(new Browser(base).get(path).html()).contains("<cas:user>" + ada.name());
        app.logOut(browser, Map.of("id_token_hint", hint));
        await(60, () -> receiver.calls().stream()
                .anyMatch(call ->
                        call.request().equals("POST /cas") && call.body().contains(ticket)));
    }

    @Test
    public void theServersOwnSignOutEndsTheSameSession() {
        Answer tokens = ada.signIn(app);
        Page asked = browser.get("/logout");
        Map<String, String> form = new LinkedHashMap<>(asked.hidden());
        assertThat(browser.post("/logout", form).status()).isEqualTo(200);
        assertThat(ada.isSignedIn(app)).isFalse();
        assertThat(ada.cookie("latchkey-state")).isEmpty();
        assertThat(app.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
    }
}

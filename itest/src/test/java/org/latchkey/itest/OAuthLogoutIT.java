package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
import org.latchkey.itest.server.Server;

/**
 * Signing out of the OAuth server at the request of a client, from outside. What {@code oidcc_} tests are named after are the
 * modules of the OpenID Foundation's conformance suite.
 */
public class OAuthLogoutIT {

    private static final String CALLBACK = "https://app.example.org/cb";
    private static final String BYE = "https://app.example.org/bye";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server();

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final Person ada = Person.of(server, "ada" + NUMBER.incrementAndGet());
    private final Browser browser = ada.browser();
    private final Party app = party("app");

    private Party party(String id) {
        return new Party(issuer, id, Optional.of(LogoutClients.SECRET), CALLBACK);
    }

    @BeforeClass
    public static void deploy() {
        Map<String, String> usual = Map.of(
                "redirect_uris", "List.of(\"" + CALLBACK + "\")",
                "post_logout_redirect_uris", "List.of(\"" + BYE + "\")",
                "grant_types", "List.of(\"authorization_code\", \"refresh_token\")");
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(new LogoutClients().with("app", usual).jar("org.example.clients"));
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth") && root.serves("org.example.clients"));
    }

    /** Is asked, and leads nowhere after yes. */
    private void assertAskedAndNotRedirected(Page asked) {
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.location()).isEmpty();
        assertThat(asked.html()).contains("id=\"logout-confirm\"");
        assertThat(ada.isSignedIn(app)).isTrue();
        Page done = app.confirmLogOut(browser, asked);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.location()).isEmpty();
        assertThat(done.html()).contains("You are signed out").doesNotContain(BYE, "id=\"continue\"");
        assertThat(ada.isSignedIn(app)).isFalse();
    }

    @Test
    public void oidcc_rp_initiated_logout_discovery_endpoint_verification() {
        assertThat(app.get("/.well-known/openid-configuration").text("end_session_endpoint"))
                .isEqualTo(issuer + "/end-session");
    }

    @Test
    public void oidcc_rp_initiated_logout() {
        String hint = ada.signIn(app).text("id_token");
        Page page =
                app.logOut(browser, Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE, "state", "a b&c=d"));
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.location()).startsWith(BYE + "?");
        assertThat(Party.parameters(page)).containsExactly(Map.entry("state", "a b&c=d"));
        assertThat(ada.isSignedIn(app)).isFalse();
    }

    @Test
    public void oidcc_rp_initiated_logout_bad_post_logout_redirect_uri() {
        String hint = ada.signIn(app).text("id_token");
        for (String bad :
                List.of("https://evil.example.org/", BYE + "/", BYE + "/../x", "https://APP.example.org/bye")) {
            Page asked = app.logOut(browser, Map.of("id_token_hint", hint, "post_logout_redirect_uri", bad));
            assertThat(asked.location()).isEmpty();
            assertThat(asked.html()).contains("id=\"logout-confirm\"").doesNotContain("evil.example");
        }
        assertAskedAndNotRedirected(app.logOut(
                browser,
                Map.of("id_token_hint", hint, "post_logout_redirect_uri", "https://evil.example.org/", "state", "s")));
    }

    @Test
    public void oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri() {
        String hint = ada.signIn(app).text("id_token");
        assertAskedAndNotRedirected(
                app.logOut(browser, Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE + "?foo=bar")));
    }

    @Test
    public void oidcc_rp_initiated_logout_modified_id_token_hint() {
        String[] parts = ada.signIn(app).text("id_token").split("\\.");
        byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
        String other = new String(claims, StandardCharsets.UTF_8).replace(ada.name(), "eve");
        String modified = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes()) + "." + parts[2];
        assertAskedAndNotRedirected(
                app.logOut(browser, Map.of("id_token_hint", modified, "post_logout_redirect_uri", BYE)));
    }

    @Test
    public void oidcc_rp_initiated_logout_bad_id_token_hint() {
        ada.signIn(app);
        assertAskedAndNotRedirected(app.logOut(
                browser,
                Map.of("id_token_hint", "bad", "client_id", "app", "post_logout_redirect_uri", BYE, "state", "s")));
    }

    @Test
    public void oidcc_rp_initiated_logout_no_id_token_hint() {
        ada.signIn(app);
        assertAskedAndNotRedirected(app.logOut(browser, Map.of("post_logout_redirect_uri", BYE, "state", "s")));
    }

    @Test
    public void oidcc_rp_initiated_logout_no_params() {
        ada.signIn(app);
        assertAskedAndNotRedirected(app.logOut(browser, Map.of()));
    }

    @Test
    public void oidcc_rp_initiated_logout_only_state() {
        ada.signIn(app);
        assertAskedAndNotRedirected(app.logOut(browser, Map.of("state", "s")));
    }

    @Test
    public void oidcc_rp_initiated_logout_no_post_logout_redirect_uri() {
        String hint = ada.signIn(app).text("id_token");
        Page page = app.logOut(browser, Map.of("id_token_hint", hint, "state", "s"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("You are signed out");
        assertThat(ada.isSignedIn(app)).isFalse();
    }

    @Test
    public void oidcc_rp_initiated_logout_no_state() {
        String hint = ada.signIn(app).text("id_token");
        assertThat(app.logOut(browser, Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE))
                        .location())
                .isEqualTo(BYE);
    }

    @Test
    public void aClientIdAsksAndThenGoesBack() {
        ada.signIn(app);
        Page asked = app.logOut(
                browser, Map.of("client_id", "app", "post_logout_redirect_uri", BYE, "state", "s", "ui_locales", "fr"));
        assertThat(asked.html()).contains("Voulez-vous vous déconnecter").contains(ada.name());
        assertThat(asked.response().headers().allValues("Content-Security-Policy"))
                .anySatisfy(policy -> assertThat(policy).contains("form-action 'self' https://app.example.org"));
        assertThat(app.confirmLogOut(browser, asked).location()).isEqualTo(BYE + "?state=s");
        assertThat(ada.isSignedIn(app)).isFalse();
    }

    @Test
    public void O_30_anImageOfAnotherSiteSignsNobodyOut() {
        ada.signIn(app);
        Page image = browser.send(HttpRequest.newBuilder(URI.create(issuer + "/end-session?client_id=app"))
                .header("Sec-Fetch-Dest", "image")
                .header("Sec-Fetch-Site", "cross-site"));
        assertThat(image.response().headers().allValues("Set-Cookie")).noneMatch(line -> line.startsWith("TGC-"));
        assertThat(ada.isSignedIn(app)).isTrue();
        Page stranger = new Browser(base).get("/oidc/end-session");
        assertThat(stranger.html()).contains("You are signed out");
        assertThat(stranger.response().headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    public void O_30_aForgedFormSignsNobodyOut() {
        ada.signIn(app);
        Page asked = app.logOut(browser, Map.of());
        Map<String, String> form = new LinkedHashMap<>(asked.hidden());
        form.put("token", "0".repeat(32) + "-1-" + "0".repeat(64));
        assertThat(browser.post("/oidc/end-session/confirm", form).status()).isEqualTo(403);
        assertThat(browser.post("/oidc/end-session/confirm", Map.of()).status()).isEqualTo(400);
        Page other = app.confirmLogOut(new Browser(base), asked);
        assertThat(other.response().headers().allValues("Set-Cookie")).noneMatch(line -> line.startsWith("TGC-"));
        assertThat(ada.isSignedIn(app)).isTrue();
    }

    @Test
    public void O_30_aHintOfAnotherSessionIsAskedAbout() {
        String before = ada.signIn(app).text("id_token");
        app.logOut(browser, Map.of("id_token_hint", before));
        ada.signIn(app);
        Page asked = app.logOut(browser, Map.of("id_token_hint", before, "post_logout_redirect_uri", BYE));
        assertThat(asked.html()).contains("id=\"logout-confirm\"");
        assertThat(ada.isSignedIn(app)).isTrue();
        assertThat(app.confirmLogOut(browser, asked).location()).isEqualTo(BYE);
    }

    @Test
    public void aPostOfAnotherSiteFindsTheSessionByGet() {
        String hint = ada.signIn(app).text("id_token");
        Page first = new Browser(base) // a browser that another site makes post shows no session
                .post("/oidc/end-session", Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE));
        assertThat(first.status()).isEqualTo(303);
        assertThat(browser.get(first.location().substring(base.length())).location())
                .isEqualTo(BYE);
        assertThat(ada.isSignedIn(app)).isFalse();
    }

    @Test
    public void O_05_afterTheSignOutNothingIsGood() {
        Answer tokens = ada.signIn(app);
        String code = app.code(browser, Map.of(), ada.name(), Person.SECRET);
        app.logOut(browser, Map.of("id_token_hint", tokens.text("id_token")));
        assertThat(app.redeem(code, Map.of()).text("error")).isEqualTo("invalid_grant");
        assertThat(app.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(app.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
    }
}

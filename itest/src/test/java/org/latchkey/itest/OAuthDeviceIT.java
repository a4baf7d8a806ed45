package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

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
import org.latchkey.itest.oauth.Badges;
import org.latchkey.itest.oauth.Clients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Crowd;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** The device grant (RFC 8628) from outside, row 138: a device, and the browser of whoever sits before it. */
public class OAuthDeviceIT {

    private static final String PLUGIN = "org.latchkey.grant.device";
    private static final String TYPE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A device has to wait so long that a slow machine does not look like a patient device. */
    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.oauth-api", "latchkey.mount=\"oidc\"", "scopes=[\"read\",\"write\"]")
            .withEtc(PLUGIN.substring("org.".length()), "intervalSeconds=I\"60\"", "guessesPerAddress=I\"1000\"");

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);
    private final Party tv = new Party(issuer, "tv", Optional.empty(), "");
    private final Party box = new Party(issuer, "box", Optional.of(Clients.SECRET), "");

    @BeforeClass
    public static void deploy() {
        String types = "\"grant_types\", List.of(\"" + TYPE + "\", \"refresh_token\")";
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(Server.shipped(PLUGIN));
        server.deploy(new Clients()
                .with("tv", types + ", \"token_endpoint_auth_method\", \"none\", \"client_name\", \"The <b>TV</b>\"")
                .with("box", types + ", \"scope\", \"openid read\"")
                .with("web", "\"redirect_uris\", List.of(\"https://app.example.org/cb\")")
                .jar());
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth") && root.serves(PLUGIN) && root.serves("org.example.clients"));
    }

    @Before
    public void createPerson() {
        assertThat(server.root()
                        .post("/api/v1/entities", Map.of("id", ada, "secret", PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    private static Answer begin(Party party, String scope) {
        Answer answer = party.post("/device_authorization", scope.isEmpty() ? Map.of() : Map.of("scope", scope));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer;
    }

    private static Answer poll(Party party, Answer begun) {
        return party.post("/token", Map.of("grant_type", TYPE, "device_code", begun.text("device_code")));
    }

    private static String error(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
        return answer.text("error");
    }

    /** Enters a code; gives the page after it, whatever that is. */
    private Page enter(Browser at, String code) {
        Map<String, String> form = new LinkedHashMap<>(at.get("/oidc/device").hidden());
        form.put("user_code", code);
        Page next = at.post("/oidc/device", form);
        return next.location().isEmpty() ? next : at.get(next.location());
    }

    private Page signIn(Browser at, Page login, String name) {
        Map<String, String> form = new LinkedHashMap<>(login.hidden());
        form.put("username", name);
        form.put("password", PASSWORD);
        return at.post("/oidc/device/login", form);
    }

    /** Enters a code, and signs in if nobody is; gives the question. */
    private Page question(String code) {
        Page next = enter(browser, code);
        return next.html().contains("id=\"password\"") ? signIn(browser, next, ada) : next;
    }

    private Page answer(Page question, String button) {
        assertThat(question.html()).contains("id=\"consent-" + button + "\"");
        Map<String, String> form = new LinkedHashMap<>(question.hidden());
        form.put(button, "true");
        return browser.post("/oidc/device/decision", form);
    }

    private Page allow(Answer begun) {
        Page done = answer(question(begun.text("user_code")), "approve");
        assertThat(done.html()).contains("id=\"device-approved\"");
        return done;
    }

    @Test
    public void row138_aDeviceGetsTokensOnceSomebodyHasAllowedIt() {
        Answer begun = begin(tv, "openid read");
        assertThat(begun.text("user_code")).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(begun.text("device_code")).hasSizeGreaterThan(40);
        assertThat(begun.text("verification_uri")).isEqualTo(issuer + "/device");
        assertThat(begun.text("verification_uri_complete"))
                .isEqualTo(issuer + "/device?user_code=" + begun.text("user_code"));
        assertThat(begun.json().path("expires_in").asInt()).isEqualTo(600);
        assertThat(begun.json().path("interval").asInt()).isEqualTo(60);
        assertThat(begun.response().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(error(poll(tv, begun))).isEqualTo("authorization_pending");

        Page form = browser.get(URI.create(begun.text("verification_uri_complete"))
                        .getPath() + "?user_code=" + begun.text("user_code"));
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.html())
                .contains("id=\"user-code\"", "value=\"" + begun.text("user_code") + "\"")
                .doesNotContain("TV");
        Page login = enter(browser, begun.text("user_code").toLowerCase().replace("-", " "));
        assertThat(login.html()).contains("id=\"password\"").doesNotContain("TV");
        Page question = signIn(browser, login, ada);
        assertThat(question.html())
                .contains("The &lt;b&gt;TV&lt;", "data-scope=\"openid\"", "data-scope=\"read\"", ada)
                .contains(begun.text("user_code"));
        assertThat(answer(question, "approve").html()).contains("id=\"device-approved\"");

        Answer tokens = poll(tv, begun);
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        assertThat(tokens.text("scope")).isEqualTo("openid read");
        assertThat(Party.claims(tokens.text("id_token")).path("sub").asText()).isEqualTo(ada);
        assertThat(tv.userInfo(tokens.text("access_token")).text("sub")).isEqualTo(ada);
        assertThat(tv.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
        assertThat(error(poll(tv, begun))).isEqualTo("invalid_grant");
    }

    @Test
    public void row138_aDeviceThatAsksTooOftenIsToldToSlowDown() {
        Answer begun = begin(tv, "read");
        assertThat(error(poll(tv, begun))).isEqualTo("authorization_pending");
        assertThat(error(poll(tv, begun))).isEqualTo("slow_down");
        allow(begun);
        assertThat(poll(tv, begun).status()).isEqualTo(200);
    }

    @Test
    public void row138_aNoIsANo() {
        Answer begun = begin(box, "openid");
        assertThat(answer(question(begun.text("user_code")), "deny").html()).contains("id=\"device-denied\"");
        assertThat(error(poll(box, begun))).isEqualTo("access_denied");
        assertThat(error(poll(box, begun))).isEqualTo("access_denied");
        assertThat(question(begun.text("user_code")).status()).isEqualTo(400);
    }

    @Test
    public void row138_ofFiftyQuestionsAtOnceOneGetsTheTokens() {
        Answer begun = begin(tv, "read");
        allow(begun);
        List<Answer> answers = Crowd.ask(50, () -> poll(tv, begun));
        assertThat(answers.stream().filter(each -> each.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(each -> each.status() != 200))
                .allSatisfy(each -> assertThat(error(each)).isEqualTo("invalid_grant"));
    }

    @Test
    public void row138_ofFiftyQuestionsAtOnceOneIsInTime() {
        Answer begun = begin(tv, "read");
        List<Answer> answers = Crowd.ask(50, () -> poll(tv, begun));
        assertThat(answers.stream().filter(each -> error(each).equals("authorization_pending")))
                .hasSize(1);
        assertThat(answers.stream().filter(each -> error(each).equals("slow_down")))
                .hasSize(49);
    }

    @Test
    public void row138_requestsOutliveTheServer() {
        Answer open = begin(tv, "read");
        Answer allowed = begin(tv, "read");
        allow(allowed);
        server.kill();
        server.start();
        await(60, () -> tv.get("/.well-known/openid-configuration").json().has("device_authorization_endpoint"));
        assertThat(poll(tv, allowed).status()).isEqualTo(200);
        assertThat(error(poll(tv, open))).isEqualTo("authorization_pending");
        allow(open);
        assertThat(poll(tv, open).status()).isEqualTo(200);
    }

    @Test
    public void O_19_whoIsLockedBeforeTheDeviceAsksGivesItNothing() {
        Answer begun = begin(tv, "openid offline_access");
        allow(begun);
        server.root().post("/api/v1/entities/" + ada + "/lock", "");
        assertThat(error(poll(tv, begun))).isEqualTo("invalid_grant");
        server.root().post("/api/v1/entities/" + ada + "/unlock", "");
        assertThat(error(poll(tv, begun))).isEqualTo("invalid_grant");
    }

    @Test
    public void O_19_whoSignsOutBeforeTheDeviceAsksGivesItNothing() {
        Answer begun = begin(tv, "openid offline_access");
        allow(begun);
        browser.post("/logout", browser.get("/logout").hidden());
        assertThat(error(poll(tv, begun))).isEqualTo("invalid_grant");
    }

    @Test
    public void O_20_whoseAuthenticatorIsTakenOutBeforeTheDeviceAsksGivesItNothing() {
        Badges badges = Badges.deployed(server, PASSWORD);
        Answer begun = begin(tv, "openid offline_access");
        Page login = enter(browser, begun.text("user_code"));
        answer(signIn(browser, login, "guest-of-" + ada), "approve");
        badges.takeOut();
        Answer refused = poll(tv, begun);
        assertThat(refused.status()).as(refused.json().toString()).isEqualTo(503);
        assertThat(refused.text("error")).isEqualTo("temporarily_unavailable");
    }

    @Test
    public void O_17_whatADeviceWasAllowedIsGoodAsLongAsItsGrantIsThere() {
        Answer begun = begin(tv, "openid offline_access");
        allow(begun);
        Answer tokens = poll(tv, begun);
        server.undeploy(server.deploy().resolve(Server.shipped(PLUGIN).getFileName()));
        await(60, () -> !discovery().contains(TYPE));
        assertThat(tv.refresh(tokens.text("refresh_token")).status()).isEqualTo(503);
        assertThat(tv.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        server.deploy(Server.shipped(PLUGIN));
        await(60, () -> discovery().contains(TYPE));
        assertThat(tv.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
        assertThat(tv.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    public void O_22_whoTriesOutCodesIsStopped() {
        Answer begun = begin(tv, "read");
        question(begun.text("user_code"));
        for (int i = 0; i < 10; i++) {
            Page wrong = enter(browser, "BBBB-BBB" + "BCDFGHJKLM".charAt(i));
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.html()).contains("id=\"error\"").doesNotContain("consent-approve");
        }
        Page stopped = enter(browser, begun.text("user_code"));
        assertThat(stopped.status()).isEqualTo(429);
        assertThat(stopped.html()).doesNotContain("consent-approve", "TV");
        assertThat(error(poll(tv, begun))).isEqualTo("authorization_pending");
    }

    @Test
    public void O_22_aCodeInTheAddressIsNeverTakenByItself() {
        Answer ofSomebodyElse = begin(tv, "read");
        allow(begin(box, "read"));
        String link = "/oidc/device?user_code=" + ofSomebodyElse.text("user_code");
        assertThat(browser.get(link).html()).contains("id=\"user-code\"").doesNotContain("consent-approve", "TV");
        Page question = question(ofSomebodyElse.text("user_code"));
        assertThat(question.html()).contains("The &lt;b&gt;TV&lt;", ofSomebodyElse.text("user_code"));
        assertThat(error(poll(tv, ofSomebodyElse))).isEqualTo("authorization_pending");
    }

    @Test
    public void O_22_anAnswerCountsOnceInTheBrowserAndSessionThatWasAsked() {
        Answer begun = begin(tv, "read");
        Page question = question(begun.text("user_code"));
        Map<String, String> forged = new LinkedHashMap<>(question.hidden());
        forged.put("approve", "true");
        assertThat(new Browser(base).post("/oidc/device/decision", forged).status())
                .isEqualTo(403);
        Map<String, String> ofAnother = new LinkedHashMap<>(forged);
        ofAnother.put("shown", "somebody-else");
        Page again = browser.post("/oidc/device/decision", ofAnother);
        assertThat(again.html()).contains("consent-approve");
        assertThat(browser.post("/oidc/device/decision", forged).status()).isEqualTo(403);
        assertThat(error(poll(tv, begun))).isEqualTo("authorization_pending");
        answer(again, "approve");
        assertThat(poll(tv, begun).status()).isEqualTo(200);
    }

    @Test
    public void O_22_oneClientCannotFetchWhatAnotherAskedFor() {
        Answer begun = begin(tv, "read");
        allow(begun);
        assertThat(error(poll(box, begun))).isEqualTo("invalid_grant");
        assertThat(poll(tv, begun).status()).isEqualTo(200);
    }

    @Test
    public void rfc8628_3_1_aClientSaysWhoItIsAndWhatItMayHave() {
        Answer stranger = new Party(issuer, "box", Optional.of("wrong"), "").post("/device_authorization", Map.of());
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.text("error")).isEqualTo("invalid_client");
        assertThat(stranger.response().headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Basic");
        Party web = new Party(issuer, "web", Optional.of(Clients.SECRET), "");
        assertThat(error(web.post("/device_authorization", Map.of()))).isEqualTo("unauthorized_client");
        assertThat(error(box.post("/device_authorization", Map.of("scope", "write"))))
                .isEqualTo("invalid_scope");
        assertThat(tv.get("/device_authorization").status()).isEqualTo(405);
        HttpRequest.Builder twice = HttpRequest.newBuilder(URI.create(issuer + "/device_authorization"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("client_id=tv&scope=read&scope=write"));
        assertThat(error(Party.send(twice))).isEqualTo("invalid_request");
        HttpRequest.Builder noForm = HttpRequest.newBuilder(URI.create(issuer + "/device_authorization"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(Party.send(noForm).text("error")).isEqualTo("invalid_request");
        assertThat(error(tv.post("/token", Map.of("grant_type", TYPE)))).isEqualTo("invalid_request");
        assertThat(error(tv.post("/token", Map.of("grant_type", TYPE, "device_code", "none"))))
                .isEqualTo("invalid_grant");
    }

    @Test
    public void whoMayNotUseAClientCannotAllowIt() {
        Http root = server.root();
        Http.Answer made = root.post(
                "/oidc/clients",
                Map.of(
                        "client_id",
                        "staffed" + ada,
                        "client_name",
                        "Staffed",
                        "token_endpoint_auth_method",
                        "none",
                        "response_types",
                        List.of(),
                        "grant_types",
                        List.of(TYPE),
                        "groups",
                        List.of("staff" + ada)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Party staffed = new Party(issuer, "staffed" + ada, Optional.empty(), "");
        Answer begun = begin(staffed, "read");
        assertThat(question(begun.text("user_code")).status()).isEqualTo(403);
        assertThat(error(poll(staffed, begun))).isEqualTo("authorization_pending");
        assertThat(root.delete("/oidc/clients/staffed" + ada).status()).isEqualTo(204);
        assertThat(enter(browser, begun.text("user_code")).status()).isEqualTo(400);
    }

    @Test
    public void thePagesSpeakTheLanguageOfWhoReadsThem() {
        Map<String, String> headings = Map.of(
                "en", "Connect a device",
                "de", "Gerät verbinden",
                "fr", "Connecter un appareil",
                "es", "Conectar un dispositivo");
        headings.forEach(
                (language, heading) -> assertThat(browser.send(HttpRequest.newBuilder(URI.create(issuer + "/device"))
                                        .header("Accept-Language", language))
                                .html())
                        .contains(heading));
    }

    @Test
    public void theGrantComesAndGoesWithItsPluginAndOpenRequestsGoOn() {
        Http root = server.root();
        Answer begun = begin(tv, "read");
        server.undeploy(server.deploy().resolve(Server.shipped(PLUGIN).getFileName()));
        await(30, () -> !discovery().contains(TYPE));
        assertThat(discovery()).doesNotContain("device_authorization");
        assertThat(error(poll(tv, begun))).isEqualTo("unsupported_grant_type");
        assertThat(browser.get("/oidc/device").status()).isEqualTo(404);
        assertThat(tv.post("/device_authorization", Map.of()).status()).isEqualTo(404);
        server.deploy(Server.shipped(PLUGIN));
        await(30, () -> discovery().contains(TYPE));
        assertThat(discovery()).contains("\"device_authorization_endpoint\":\"" + issuer + "/device_authorization\"");
        await(30, () -> root.serves(PLUGIN));
        assertThat(error(poll(tv, begun))).isEqualTo("authorization_pending");
        allow(begun);
        assertThat(poll(tv, begun).status()).isEqualTo(200);
    }

    private String discovery() {
        return tv.get("/.well-known/openid-configuration").json().toString();
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.oauth.App.with;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.App;
import org.latchkey.itest.oauth.Clients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.oauth.Person;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Crowd;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Scopes that demand a password and n of m schemes, from outside: pages, one-time passwords of an app, and what is refused. */
public class OAuthScopeRuleIT {

    private static final String TOTP = "org.latchkey.scheme.totp";
    private static final String KNOCK = "org.example.knock";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server()
            .withEtc(
                    "latchkey.oauth-api",
                    "latchkey.mount=\"oidc\"",
                    "scopes=[\"vault\",\"pair\",\"fresh\",\"staff\",\"broken\",\"free\"]",
                    "acr=[\"1=\",\"2=password+totp\",\"3=password+nothing\"]")
            .withEtc(
                    "latchkey.oauth.scope-vault",
                    "name=\"vault\"",
                    "schemes=[\"second=1:totp,recovery\"]",
                    "title=[\"en=Open the <vault>\",\"de=Den Tresor öffnen\"]")
            .withEtc("latchkey.oauth.scope-pair", "name=\"pair\"", "schemes=[\"both=2:totp,recovery,knock\"]")
            .withEtc("latchkey.oauth.scope-fresh", "name=\"fresh\"", "passwordSeconds=I\"1\"")
            .withEtc("latchkey.oauth.scope-staff", "name=\"staff\"", "password=B\"false\"", "groups=[\"staff\"]")
            .withEtc("latchkey.oauth.scope-email", "name=\"email\"", "schemes=[\"second=1:totp\"]")
            .withEtc("latchkey.oauth.scope-broken", "name=\"broken\"", "schemes=[\"a=3:b\"]", "passwrd=B\"true\"");

    private static Path totp;
    private static Path knock;

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final Party web =
            new Party(issuer, "trusted-web", Optional.of(Clients.SECRET), "https://app.example.org/cb");
    private Person ada;

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        totp = server.deploy(Server.shipped(TOTP));
        knock = server.deploy(knock());
        String metadata = "\"redirect_uris\", List.of(\"https://app.example.org/cb\"), \"grant_types\","
                + " List.of(\"authorization_code\", \"refresh_token\", \"client_credentials\")";
        server.deploy(new Clients()
                .with("trusted-web", metadata)
                .with("web", metadata)
                .jar());
        Http root = server.root();
        await(
                60,
                () -> root.serves("org.latchkey.oauth")
                        && root.serves(TOTP)
                        && root.serves(KNOCK)
                        && root.serves("org.example.clients"));
    }

    /** A second factor of another plugin, whatever that is worth. */
    private static Path knock() {
        return PluginJar.named(KNOCK).source("Knock", """
                @Component(property = {Scheme.NAME + "=knock", Scheme.TITLE + "=Knocking"})
                public final class Knock implements Scheme {
                    public State state(Claimant claimant) {
                        return State.REGISTERED;
                    }
                    public Challenge challenge(Claimant claimant) {
                        return new Challenge("How many <times>?", Input.TEXT);
                    }
                    public Optional<Proof> verify(Claimant claimant, Secret answer) {
                        String said = String.valueOf(answer.chars());
                        if (said.equals("broken")) {
                            throw new IllegalStateException(said);
                        }
                        return said.equals("three") ? Optional.of(new Proof(Set.of("user"))) : Optional.empty();
                    }
                }
                """).build();
    }

    @Before
    public void createPerson() {
        ada = Person.of(server, "ada" + NUMBER.incrementAndGet());
    }

    private App app() {
        return App.of(ada.browser(), ada.name(), Person.SECRET);
    }

    /** Asks for a scope, and types a password where one is asked for. */
    private Page ask(String scope, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("scope", scope));
        all.putAll(more);
        Page shown = ada.browser().get(web.request(all));
        return shown.html().contains("id=\"login-form\"")
                ? web.signIn(ada.browser(), shown, ada.name(), Person.SECRET)
                : shown;
    }

    private Page ask(String scope) {
        return ask(scope, Map.of());
    }

    private Page prove(Page shown, String scheme, String answer) {
        return ada.browser().post("/oidc/proof", with(shown, Map.of("scheme", scheme, "answer", answer)));
    }

    private static String code(Page end) {
        assertThat(end.location()).as(end.html()).isNotEmpty();
        return Party.parameters(end).getOrDefault("code", "");
    }

    private static String error(Page end) {
        return Party.parameters(end).getOrDefault("error", end.status() + " " + end.html());
    }

    private Answer tokens(Page end) {
        Answer tokens = web.redeem(code(end), Map.of());
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        return tokens;
    }

    private static List<String> amr(Answer tokens) {
        List<String> all = new ArrayList<>();
        Party.claims(tokens.text("id_token")).path("amr").forEach(each -> all.add(each.asText()));
        return all;
    }

    @Test
    public void row_scope_aCodeOfTheAppIsAskedForAndSaidInTheIdToken() {
        App app = app();
        Page shown = ask("openid vault");
        assertThat(shown.html()).contains("id=\"scheme-form\"", "data-scheme=\"totp\"", "data-scheme=\"recovery\"");
        Page asked = ada.browser().post("/oidc/proof", with(shown, Map.of("choose", "totp")));
        assertThat(asked.html()).contains("id=\"answer\"", "autocomplete=\"one-time-code\"");
        Page wrong = prove(asked, "totp", "000000x");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.html()).contains("id=\"error\"");
        Answer tokens = tokens(prove(wrong, "totp", app.next()));
        assertThat(tokens.text("scope")).isEqualTo("openid vault");
        assertThat(amr(tokens)).containsExactlyInAnyOrder("pwd", "otp", "mfa");
        assertThat(Party.claims(tokens.text("id_token")).path("acr").asText()).isEqualTo("2");
        assertThat(code(ask("openid vault"))).as("proved in this session").isNotEmpty();
        assertThat(code(ask("openid vault", Map.of("prompt", "none")))).isNotEmpty();
        assertThat(amr(tokens(ask("openid")))).contains("otp");
    }

    @Test
    public void L_10_noStepIsLeftOutByAnyAddressOrForm() {
        app();
        Page shown = ask("openid vault");
        Browser browser = ada.browser();
        assertThat(browser.get(web.request(Map.of("scope", "openid vault"))).html())
                .contains("id=\"scheme-form\"");
        Page consent = browser.post("/oidc/consent", with(shown, Map.of("approve", "true")));
        assertThat(consent.location()).isEmpty();
        assertThat(consent.html()).contains("id=\"scheme-form\"");
        Page login = web.signIn(browser, consent, ada.name(), Person.SECRET);
        assertThat(login.html()).as("a password is not another proof").contains("id=\"scheme-form\"");
        assertThat(prove(login, "knock", "three").html()).as("another scheme").contains("id=\"scheme-form\"");
        assertThat(prove(ask("openid vault"), "password", Person.SECRET).html()).contains("id=\"scheme-form\"");
        assertThat(error(ask("openid vault", Map.of("prompt", "none")))).isEqualTo("interaction_required");
        assertThat(ask("openid vault", Map.of("acr_values", "1")).html()).contains("id=\"scheme-form\"");
        Answer own = web.post("/token", Map.of("grant_type", "client_credentials", "scope", "vault"));
        assertThat(own.text("error")).isEqualTo("invalid_scope");
        assertThat(web.post("/token", Map.of("grant_type", "client_credentials"))
                        .text("scope"))
                .as("without asking")
                .isEqualTo("free");
        Answer less = tokens(ask("openid"));
        Answer more = web.post(
                "/token",
                Map.of("grant_type", "refresh_token", "refresh_token", less.text("refresh_token"), "scope", "vault"));
        assertThat(more.text("error")).isEqualTo("invalid_scope");
        String claims = "{\"userinfo\":{\"email\":null},\"id_token\":{\"email\":{\"essential\":true}}}";
        assertThat(ask("openid", Map.of("claims", claims)).html())
                .as("the claims of a scope by name")
                .contains("id=\"scheme-form\"");
    }

    @Test
    public void L_10_aFormOfAnotherSessionOrRequestProvesNothing() {
        App app = app();
        Page shown = ask("openid vault");
        Person eve = Person.of(server, ada.name() + "-eve");
        eve.signIn(web);
        Page stolen = eve.browser().post("/oidc/proof", with(shown, Map.of("scheme", "totp", "answer", app.next())));
        assertThat(stolen.location()).isEmpty();
        Page anew = eve.browser().get(web.request(Map.of("scope", "openid vault")));
        assertThat(anew.html()).as("she has no app").contains("data-unset=\"totp\"", "href=\"/totp\"");
        Page again = prove(ask("openid vault"), "totp", app.again());
        assertThat(code(again)).isNotEmpty();
        assertThat(prove(shown, "totp", app.again()).status())
                .as("the form once more")
                .isIn(303, 200, 403);
    }

    @Test
    public void L_09_aCodeIsGoodOnceAlsoAtOnceAndTheSecretIsShownOnce() {
        App app = app();
        String code = app.next();
        List<Browser> browsers = new ArrayList<>();
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Browser browser = new Browser(base);
            Page login = browser.get(web.request(Map.of("scope", "openid vault")));
            browsers.add(browser);
            pages.add(web.signIn(browser, login, ada.name(), Person.SECRET));
        }
        AtomicInteger next = new AtomicInteger();
        List<Page> ends = Crowd.ask(8, () -> {
            int i = next.getAndIncrement();
            return browsers.get(i).post("/oidc/proof", with(pages.get(i), Map.of("scheme", "totp", "answer", code)));
        });
        assertThat(ends.stream().filter(end -> Party.parameters(end).containsKey("code")))
                .hasSize(1);
        assertThat(ends.stream().map(Page::status)).allMatch(status -> status < 500);
        Page menu = App.menu(new Browser(base), ada.name(), Person.SECRET);
        assertThat(menu.html())
                .as("a password alone shows and changes nothing")
                .contains("id=\"scheme-form\"")
                .doesNotContain("id=\"remove\"", "id=\"key\"");
    }

    @Test
    public void L_09_nothingIsReplacedOrRemovedByAPasswordAlone() {
        App app = app();
        Browser thief = new Browser(base);
        Page asked = App.menu(thief, ada.name(), Person.SECRET);
        for (String what : List.of("begin", "codes", "remove")) {
            Page refused = thief.post("/totp/change", with(asked, Map.of("do", what)));
            assertThat(refused.location()).isEqualTo("/totp");
        }
        assertThat(thief.post("/totp/confirm", with(asked, Map.of("answer", app.again())))
                        .location())
                .isEqualTo("/totp");
        Page owner =
                thief.post("/totp/proof", with(thief.get("/totp"), Map.of("scheme", "totp", "answer", app.next())));
        assertThat(owner.location()).isEqualTo("/totp");
        Page menu = thief.get("/totp");
        assertThat(menu.html())
                .contains("id=\"remove\"", "<span id=\"left\">10</span>")
                .doesNotContain("id=\"key\"");
        Page gone = thief.post("/totp/change", with(menu, Map.of("do", "remove")));
        assertThat(gone.html()).contains("id=\"begin\"").doesNotContain("id=\"remove\"");
        assertThat(server.root().get("/api/v1/audit?limit=200").body()).contains("totp.set-up", "totp.removed");
    }

    @Test
    public void L_09_wrongCodesAreBoundedWhereverTheyAreTriedAndOverAReplacement() {
        App app = app();
        Page shown = ask("openid vault");
        Page last = shown;
        for (int i = 0; i < 6; i++) {
            last = prove(last.hidden().isEmpty() ? ask("openid vault") : last, "totp", "00000" + (char) ('a' + i));
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(prove(ask("openid vault"), "totp", app.next()).status())
                .as("the right one")
                .isEqualTo(429);
        replaceTotp();
        ada = new Person(ada.name(), new Browser(base));
        assertThat(prove(ask("openid vault"), "totp", app.again()).status())
                .as("elsewhere")
                .isEqualTo(429);
    }

    /** By a higher version, in one step. */
    private static void replaceTotp() {
        String version = "0.1." + NUMBER.incrementAndGet();
        totp = server.deploy(
                PluginJar.reversioned(Server.shipped(TOTP), version),
                totp.getFileName().toString());
        Http root = server.root();
        await(
                60,
                () -> root.serves(TOTP)
                        && root.get("/api/v1/plugins/" + TOTP).body().contains(version));
    }

    @Test
    public void L_12_aRecoveryCodeIsGoodOnce() {
        App app = app();
        String code = app.recovery().get(3);
        Answer tokens =
                tokens(prove(ask("openid vault"), "recovery", code.toUpperCase().replace("-", " ")));
        assertThat(amr(tokens)).contains("otp");
        ada = new Person(ada.name(), new Browser(base));
        assertThat(prove(ask("openid vault"), "recovery", code).status()).isEqualTo(401);
        assertThat(code(prove(ask("openid vault"), "recovery", app.recovery().get(4))))
                .isNotEmpty();
    }

    @Test
    public void rule_twoOfThreeSchemesEachAskedForUntilThereAreEnough() {
        App app = app();
        Page first = ask("openid pair");
        assertThat(first.html()).contains("data-scheme=\"totp\"", "data-scheme=\"knock\"", "Knocking");
        Page broken = prove(first, "knock", "broken");
        assertThat(broken.status()).isEqualTo(503);
        Page second = prove(ask("openid pair"), "knock", "three");
        assertThat(second.location()).isEmpty();
        assertThat(second.html()).contains("data-scheme=\"totp\"").doesNotContain("data-scheme=\"knock\"");
        Answer tokens = tokens(prove(second, "totp", app.next()));
        assertThat(tokens.text("scope")).isEqualTo("openid pair");
        assertThat(amr(tokens)).contains("user", "otp", "pwd");
    }

    @Test
    public void rule_whatNobodyCanProveIsLeftOutAndFailsClosed() {
        assertThat(ask("openid pair").html())
                .as("knock alone is registered, and an app would be the second")
                .contains("data-unset=\"totp\"");
        server.undeploy(knock);
        try {
            await(60, () -> !server.root().serves(KNOCK));
            assertThat(tokens(ask("openid pair")).text("scope")).isEqualTo("openid");
            assertThat(error(ask("pair"))).isEqualTo("invalid_scope");
        } finally {
            knock = server.deploy(knock());
            await(60, () -> server.root().serves(KNOCK));
        }
    }

    @Test
    public void rule_passwordsHaveToBeFreshAndPeopleInTheGroup() {
        ask("openid");
        await(30, () -> ada.browser()
                .get(web.request(Map.of("scope", "openid fresh")))
                .html()
                .contains("id=\"login-form\""));
        assertThat(error(ask("openid fresh", Map.of("prompt", "none")))).isEqualTo("login_required");
        assertThat(tokens(ask("openid fresh")).text("scope")).isEqualTo("fresh openid");
        assertThat(tokens(ask("openid staff")).text("scope")).isEqualTo("openid");
        server.root().post("/api/v1/groups", Map.of("name", "staff"));
        assertThat(server.root()
                        .send("PUT", "/api/v1/groups/staff/members/" + ada.name())
                        .status())
                .isBetween(200, 204);
        Page again = ada.browser().get(web.request(Map.of("scope", "openid staff", "prompt", "login")));
        assertThat(tokens(web.signIn(ada.browser(), again, ada.name(), Person.SECRET))
                        .text("scope"))
                .isEqualTo("openid staff");
    }

    @Test
    public void rule_settingsThatMakeNoSenseLetNobodyIn() throws IOException {
        assertThat(error(ask("broken"))).isEqualTo("invalid_scope");
        assertThat(server.logs()).contains("passwrd", "not 3 schemes can be proved");
        Path file = server.etc().resolve("latchkey.oauth.scope-broken.config");
        Files.writeString(file, "name=\"broken\"\n");
        await(
                30,
                () -> ask("openid broken").location().contains("code=")
                        && tokens(ask("openid broken")).text("scope").equals("broken openid"));
    }

    @Test
    public void acr_theClassIsTriedForAndAnEssentialOneIsMetOrAnError() {
        Answer weak = tokens(ask("openid", Map.of("acr_values", "2 1")));
        assertThat(Party.claims(weak.text("id_token")).path("acr").asText()).isEqualTo("1");
        String essential = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"2\"}}}";
        assertThat(ask("openid", Map.of("claims", essential)).html()).contains("data-unset=\"totp\"");
        assertThat(error(ask("openid", Map.of("claims", essential.replace("\"2\"", "\"3\"")))))
                .isEqualTo("unmet_authentication_requirements");
        App app = app();
        assertThat(error(ask("openid", Map.of("claims", essential, "prompt", "none"))))
                .isEqualTo("interaction_required");
        Page asked = ask("openid", Map.of("acr_values", "2"));
        JsonNode strong = Party.claims(tokens(prove(asked, "totp", app.next())).text("id_token"));
        assertThat(strong.path("acr").asText()).isEqualTo("2");
        assertThat(strong.path("auth_time").asLong())
                .as("a further proof makes no sign-in fresher")
                .isLessThanOrEqualTo(strong.path("iat").asLong());
        assertThat(code(ask("openid", Map.of("claims", essential, "prompt", "none"))))
                .isNotEmpty();
        assertThat(web.get("/.well-known/openid-configuration")
                        .json()
                        .path("acr_values_supported")
                        .toString())
                .contains("\"1\"", "\"2\"");
    }

    @Test
    public void rule_whoCancelsIsTakenBackAndTheWordsAreTheOperators() {
        App app = app();
        Page shown = ask("openid vault");
        Page back = ada.browser().post("/oidc/proof", with(shown, Map.of("decline", "true")));
        assertThat(error(back)).isEqualTo("access_denied");
        Party other = new Party(issuer, "web", Optional.of(Clients.SECRET), "https://app.example.org/cb");
        Page asked = ada.browser().get(other.request(Map.of("scope", "openid vault", "ui_locales", "de")));
        Page consent = ada.browser().post("/oidc/proof", with(asked, Map.of("scheme", "totp", "answer", app.next())));
        assertThat(consent.html()).contains("id=\"consent-approve\"", "Den Tresor öffnen");
        assertThat(ada.browser()
                        .get(other.request(Map.of("scope", "openid vault", "prompt", "consent")))
                        .html())
                .contains("id=\"consent-approve\"", "Open the &lt;vault&gt;");
        assertThat(code(other.allow(ada.browser(), consent))).isNotEmpty();
    }

    /** Replaced between the page and the answer, and taken out there: it completes, or begins again; never a 500. */
    @Test
    public void L_20_theSchemeIsSwappedDuringASignIn() {
        App app = app();
        Page shown = ask("openid vault");
        replaceTotp();
        assertThat(code(prove(shown, "totp", app.next()))).isNotEmpty();
        ada = new Person(ada.name(), new Browser(base));
        Page before = ask("openid vault");
        server.undeploy(totp);
        try {
            await(60, () -> !server.root().serves(TOTP));
            Page end = prove(before, "totp", app.again());
            assertThat(end.status()).isLessThan(500);
            assertThat(tokens(end).text("scope"))
                    .as("what nobody can prove is left out")
                    .isEqualTo("openid");
        } finally {
            replaceTotp();
        }
        assertThat(code(prove(ask("openid vault"), "recovery", app.recovery().get(0))))
                .isNotEmpty();
    }

    @Test
    public void operatorsSeeTheSchemesAndTakeAwayWhatIsLost() {
        app();
        assertThat(server.root().get("/api/v1/hooks").body()).contains("\"Scheme\"", TOTP, KNOCK);
        assertThat(server.root()
                        .post("/api/v1/explain", Map.of("operation", "authentication", "id", ada.name()))
                        .body())
                .contains("\"place\":\"Scheme\"", "\"demanded\"", TOTP);
        assertThat(server.http().send("DELETE", "/totp/people/" + ada.name()).status())
                .isEqualTo(401);
        assertThat(server.root().send("DELETE", "/totp/people/" + ada.name()).status())
                .isEqualTo(204);
        assertThat(server.root().send("DELETE", "/totp/people/" + ada.name()).status())
                .isEqualTo(404);
        assertThat(ask("openid vault").html()).contains("data-unset=\"totp\"");
    }
}

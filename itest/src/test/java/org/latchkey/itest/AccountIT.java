package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.KnownClients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.oauth.Person;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** The page where people see what is theirs and take it away, over the running distribution. */
public class AccountIT {

    private static final String CALLBACK = "https://app.example.org/cb";
    private static final String CLIENT_SECRET = "s3cret-of-the-test-client-0123456789";
    private static final String FIREFOX =
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 <script>";
    private static final Pattern FORM = Pattern.compile("<form .*?</form>", Pattern.DOTALL);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server();

    private final String base = "http://127.0.0.1:" + server.port();
    private final Person ada = Person.of(server, "ada" + NUMBER.incrementAndGet());
    private final Party app = new Party(base + "/oidc", "app", Optional.of(CLIENT_SECRET), CALLBACK);

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.account"));
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(new KnownClients()
                .with(
                        "app",
                        Map.of(
                                "client_name", "Tom & <Jerry>",
                                "redirect_uris", List.of(CALLBACK),
                                "grant_types", List.of("authorization_code", "refresh_token"),
                                "logo_uri", "https://app.example.org/logo.png?a=\"b",
                                "policy_uri", "https://app.example.org/policy",
                                "tos_uri", "http://app.example.org/terms"),
                        List.of(CLIENT_SECRET))
                .jar());
        Http root = server.root();
        await(
                180,
                () -> root.serves("org.latchkey.account")
                        && root.serves("org.latchkey.oauth")
                        && root.serves(KnownClients.NAME));
    }

    /** Signs in at the page itself, with a browser that says what it is. */
    private Page signIn(Browser browser) {
        Page shown = browser.get("/account");
        assertThat(shown.html()).contains("id=\"login-form\"").doesNotContain("account.heading");
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.put("username", ada.name());
        form.put("password", Person.SECRET);
        String body = form.entrySet().stream()
                .map(each -> Browser.encoded(each.getKey()) + "=" + Browser.encoded(each.getValue()))
                .reduce((one, other) -> one + "&" + other)
                .orElseThrow();
        Page in = browser.send(HttpRequest.newBuilder(URI.create(base + "/account/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("User-Agent", FIREFOX)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(in.status()).as(in.html()).isEqualTo(303);
        assertThat(in.location()).isEqualTo("/account");
        return browser.get("/account");
    }

    /** The fields of the first form with that button. */
    private static Map<String, String> form(Page page, String act) {
        String found = FORM.matcher(page.html())
                .results()
                .map(MatchResult::group)
                .filter(form -> form.contains("name=\"act\" value=\"" + act + "\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + act + " in " + page.html()));
        Map<String, String> fields = new LinkedHashMap<>(new Page(200, found, "", page.response()).hidden());
        fields.put("act", act);
        return fields;
    }

    private static void press(Browser browser, Page page, String act, String then) {
        Page done = browser.post("/account", form(page, act));
        assertThat(done.status()).as(done.html()).isEqualTo(303);
        assertThat(done.location()).isEqualTo("/account?done=" + then);
    }

    @Test
    public void sessionsAreListedInPlainWordsAndEndFromAnywhere() {
        Browser mine = ada.browser();
        Page alone = signIn(mine);
        assertThat(alone.html())
                .contains("This device", "Firefox, Linux", "127.0.0.1", "<title>Your account</title>")
                .doesNotContain("end-other-sessions", "<script");
        Browser other = new Browser(base);
        signIn(other);
        press(mine, mine.get("/account"), "end-session", "ended");
        assertThat(other.get("/account").html()).contains("id=\"login-form\"");

        signIn(other);
        signIn(new Browser(base));
        press(mine, mine.get("/account"), "end-other-sessions", "ended");
        assertThat(other.get("/account").html()).contains("id=\"login-form\"");
        Page left = mine.get("/account?done=ended");
        assertThat(left.html()).contains("Done. It has ended.").doesNotContain("value=\"end-session\"");
        assertThat(server.root().get("/api/v1/audit?limit=50").body())
                .contains("account.end-session", "account.end-other-sessions");
    }

    @Test
    public void takingAnApplicationsAccessBackEndsItsTokens() {
        Answer tokens = ada.signIn(app);
        String code = app.code(ada.browser(), Map.of("scope", "openid email offline_access"), ada.name(), "");
        assertThat(code).isEmpty(); // asks first
        Page asked = ada.browser().get(app.request(Map.of("scope", "openid email offline_access")));
        Answer offline =
                app.redeem(Party.parameters(app.allow(ada.browser(), asked)).get("code"), Map.of());
        assertThat(offline.status()).isEqualTo(200);

        Page page = ada.browser().get("/account");
        assertThat(page.html())
                .contains("Tom &amp; &lt;Jerry&gt;", "See your e-mail address", "Goes on while you are not there");
        press(ada.browser(), page, "end-access", "ended");
        page = ada.browser().get("/account");
        press(ada.browser(), page, "remove-application", "ended");
        for (Answer each : List.of(tokens, offline)) {
            assertThat(app.refresh(each.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
            assertThat(app.userInfo(each.text("access_token")).status()).isEqualTo(401);
        }
        assertThat(ada.browser().get("/account").html()).doesNotContain("Tom &amp;");
        assertThat(ada.browser().get(app.request(Map.of())).html()).contains("id=\"consent-approve\"");
    }

    @Test
    public void nobodyActsForSomebodyElseOrTwiceWithOneForm() {
        Page adas = signIn(ada.browser());
        Browser second = new Browser(base);
        signIn(second);
        Map<String, String> form = form(ada.browser().get("/account"), "end-session");

        Person eve = Person.of(server, "eve" + NUMBER.incrementAndGet());
        Map<String, String> forged = new LinkedHashMap<>(form);
        assertThat(eve.browser().post("/account", forged).status()).isEqualTo(401);
        Map<String, String> guessed = new LinkedHashMap<>(form);
        guessed.put("token", "0");
        assertThat(ada.browser().post("/account", guessed).status()).isEqualTo(403);
        assertThat(second.get("/account").html()).contains("id=\"user\"");

        assertThat(ada.browser().post("/account", form).location()).endsWith("done=ended");
        assertThat(ada.browser().post("/account", form).status()).isEqualTo(403);
        assertThat(adas.html()).contains("id=\"user\"");
    }

    @Test
    public void aSectionComesAndGoesWithItsPluginAndOneThatFailsSpoilsNothing() {
        signIn(ada.browser());
        Path jar = PluginJar.named("org.example.section").source("Broken", """
                        @Component
                        public final class Broken implements org.latchkey.api.extension.AccountSection {
                            @Override public Content content(Visit visit) { throw new IllegalStateException("broken"); }
                            @Override public boolean act(Visit visit, String row, String action) { return false; }
                        }
                        """).build();
        Path deployed = server.deploy(jar);
        String section = "data-section=\"org.example.section\"";
        await(60, () -> ada.browser().get("/account").html().contains(section));
        assertThat(ada.browser().get("/account").html())
                .contains("cannot be shown at the moment", "This device", "Applications with access");
        server.undeploy(deployed);
        await(60, () -> !ada.browser().get("/account").html().contains(section));
        assertThat(ada.browser().get("/account").html()).contains("This device");
    }

    @Test
    public void o17_aNewSecretEndsSessionsAndTokensAtOnce() {
        Answer tokens = ada.signIn(app);
        assertThat(app.userInfo(tokens.text("access_token")).status()).isEqualTo(200);
        Http own = server.http();
        assertThat(own.signedInAs(ada.name(), Person.SECRET)
                        .put(
                                "/api/v1/entities/" + ada.name() + "/secret",
                                Map.of("secret", "another horse battery", "current", Person.SECRET))
                        .status())
                .isEqualTo(204);
        assertThat(ada.browser().get("/account").html()).contains("id=\"login-form\"");
        assertThat(app.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(app.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
    }

    @Test
    public void o17_aLockEndsThemForGoodAlsoIfItIsTakenBackAtOnce() {
        Answer tokens = ada.signIn(app);
        Http root = server.root();
        assertThat(root.post("/api/v1/entities/" + ada.name() + "/lock", Map.of())
                        .status())
                .isLessThan(300);
        assertThat(root.post("/api/v1/entities/" + ada.name() + "/unlock", Map.of())
                        .status())
                .isLessThan(300);
        assertThat(ada.browser().get("/account").html()).contains("id=\"login-form\"");
        assertThat(app.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    public void theSignInPageKnowsWhoComesFromWhereAndInWhichLanguage() {
        Page shown = ada.browser()
                .get(app.request(Map.of("login_hint", "ada\"><b>", "ui_locales", "ja de", "scope", "openid email")));
        assertThat(shown.html())
                .contains(
                        "value=\"ada&quot;&gt;&lt;b&gt;\"",
                        "src=\"https://app.example.org/logo.png?a",
                        "https://app.example.org/policy",
                        "lang=\"de\"")
                .doesNotContain("http://app.example.org/terms", "<b>");
        assertThat(shown.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .contains("img-src 'self' data: https://app.example.org");
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.put("username", ada.name());
        form.put("password", Person.SECRET);
        Page consent = ada.browser().post("/oidc/login", form);
        assertThat(consent.html()).contains("id=\"consent-approve\"", "id=\"logo\"", "lang=\"de\"", "policy");
        assertThat(consent.html()).doesNotContain("http://app.example.org/terms");
    }
}

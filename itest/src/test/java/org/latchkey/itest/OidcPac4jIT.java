package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.latchkey.itest.oauth.Pac4jApplication;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;
import org.pac4j.oidc.config.OidcConfiguration;

/** An application that knows nothing of this server but where it is, by pac4j. */
public class OidcPac4jIT {

    private static final String SECRET = "correct horse battery";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final Server server = new Server();
    private static final Pac4jApplication application = new Pac4jApplication();
    private static final String base = "http://127.0.0.1:" + server.port();

    @ClassRule
    public static final RuleChain rules = RuleChain.outerRule(server).around(application);

    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);

    @BeforeClass
    public static void deploy() throws Exception {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth"));
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("client_id", "portal");
        client.put("redirect_uris", List.of(application.callback()));
        client.put("post_logout_redirect_uris", List.of(application.origin() + "/bye"));
        client.put("backchannel_logout_uri", application.callback());
        client.put("trusted", true);
        Http.Answer made = root.post("/oidc/clients", client);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        OidcConfiguration configuration = new OidcConfiguration();
        configuration.setDiscoveryURI(base + "/oidc/.well-known/openid-configuration");
        configuration.setClientId("portal");
        configuration.setSecret(made.json().path("client_secret").asText());
        application.start(configuration);
    }

    @Before
    public void createPerson() {
        Http root = server.root();
        assertThat(root.post(
                                "/api/v1/entities",
                                Map.of("id", ada, "secret", SECRET, "meta", Map.of("display_name", "Ada & Co")))
                        .status())
                .isEqualTo(201);
        assertThat(root.put("/api/v1/entities/" + ada + "/kv/email", Map.of("values", List.of(ada + "@example.org")))
                        .status())
                .isLessThan(300);
    }

    private static Page at(Browser somebody, String page) {
        return somebody.visit(application.origin() + page);
    }

    private static boolean asksToSignIn(Browser somebody) {
        return at(somebody, "/secret/").html().contains("id=\"password\"");
    }

    private Page signIn(Browser somebody) {
        Page form = at(somebody, "/secret/page");
        Map<String, String> filled = new LinkedHashMap<>(form.hidden());
        filled.put("username", ada);
        filled.put("password", SECRET);
        Page end = somebody.post("/oidc/login", filled);
        assertThat(end.location()).as(end.html()).startsWith(application.callback() + "&");
        return somebody.visit(end.location());
    }

    @Test
    public void somebodySignsInByCodeAndIsKnownByTheirProfile() {
        Page form = at(browser, "/secret/page?a=b");
        assertThat(form.html()).contains("id=\"password\"");
        assertThat(form.response().uri().getQuery())
                .contains("response_type=code", "code_challenge_method=S256", "code_challenge=", "nonce=", "state=");
        assertThat(signIn(browser).html()).isEqualTo("/secret/page: " + ada + ", Ada & Co, " + ada + "@example.org");
        assertThat(at(browser, "/secret/other").html()).startsWith("/secret/other: " + ada);
    }

    @Test
    public void whoSignsOutOfTheApplicationHasSignedOutOfTheServer() {
        signIn(browser);
        Page end = at(browser, "/logout?url=" + Browser.encoded(application.origin() + "/bye"));
        assertThat(end.html())
                .as("asked for by an id token, so without a question")
                .isEqualTo("/bye: nobody");
        assertThat(asksToSignIn(browser)).isTrue();
    }

    @Test
    public void whoSignsOutElsewhereIsSignedOutOfTheApplicationInTheBackground() {
        signIn(browser);
        Browser other = new Browser(base);
        signIn(other);
        assertThat(at(browser, "/secret/").html()).startsWith("/secret/: " + ada);
        browser.post("/logout", browser.get("/logout").hidden());
        await(60, () -> asksToSignIn(browser));
        assertThat(at(other, "/secret/").html())
                .as("the same person's session at another browser")
                .startsWith("/secret/: " + ada);
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.ExternalResource;
import org.junit.rules.RuleChain;
import org.latchkey.itest.oauth.NodeApplication;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Applications that know nothing of this server but its issuer, by openid-client of npm, if this machine has it. */
public class OidcNodeIT {

    private static final String SECRET = "correct horse battery";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final JsonMapper JSON = new JsonMapper();

    private static final Server server = new Server();
    private static final NodeApplication application = new NodeApplication();
    private static final String base = "http://127.0.0.1:" + server.port();

    @ClassRule
    public static final RuleChain rules =
            RuleChain.outerRule(new Needed()).around(server).around(application);

    private static final class Needed extends ExternalResource {

        @Override
        protected void before() {
            String missing = NodeApplication.missing();
            assumeTrue("Skipped, for there is no " + missing + ": see itest/run.sh", missing.isEmpty());
        }
    }

    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);

    @BeforeClass
    public static void deploy() throws IOException {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Http root = server.root();
        await(60, () -> root.serves("org.latchkey.oauth"));
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("client_id", "web");
        client.put("redirect_uris", List.of(application.origin() + "/web/cb"));
        client.put("post_logout_redirect_uris", List.of(application.origin() + "/bye"));
        client.put("grant_types", List.of("authorization_code", "refresh_token"));
        Http.Answer made = root.post("/oidc/clients", client);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Http.Answer token = root.post("/oidc/clients/initial-access-tokens", Map.of());
        assertThat(token.status()).as(token.body()).isLessThan(300);
        application.start(
                base + "/oidc",
                Map.of(
                        "CLIENT_ID", "web",
                        "CLIENT_SECRET", made.json().path("client_secret").asText(),
                        "INITIAL_TOKEN",
                                token.json().path("initial_access_token").asText()));
    }

    @Before
    public void createPerson() {
        assertThat(server.root()
                        .post(
                                "/api/v1/entities",
                                Map.of("id", ada, "secret", SECRET, "meta", Map.of("display_name", "Ada & Co")))
                        .status())
                .isEqualTo(201);
    }

    private Page post(String path, Page shown, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.putAll(more);
        return browser.post(path, form);
    }

    /** Signs in to an application and allows what it asks for; gives what the application says then. */
    private JsonNode signIn(String name) {
        Page login = browser.visit(application.origin() + "/" + name + "/login");
        assertThat(login.html()).as(application.log()).contains("id=\"password\"");
        Page consent = post("/oidc/login", login, Map.of("username", ada, "password", SECRET));
        Page end = post("/oidc/consent", consent, Map.of("approve", "true"));
        assertThat(end.location()).startsWith(application.origin() + "/" + name + "/cb?");
        return said(browser.visit(end.location()));
    }

    private static JsonNode said(Page page) {
        assertThat(page.status()).as(page.html()).isEqualTo(200);
        try {
            return JSON.readTree(page.html());
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private void isEverythingThatItShouldBe(JsonNode said) {
        assertThat(said.path("claims").path("iss").asText()).isEqualTo(base + "/oidc");
        assertThat(said.path("claims").path("sub").asText()).isEqualTo(ada);
        assertThat(said.path("userinfo").path("name").asText()).isEqualTo("Ada & Co");
        assertThat(said.path("again").asText())
                .as("whose the refreshed id token is")
                .isEqualTo(ada);
        assertThat(said.path("before").path("active").asBoolean()).isTrue();
        assertThat(said.path("after").path("active").asBoolean())
                .as("after the refresh token was revoked")
                .isFalse();
    }

    @Test
    public void anApplicationWithASecretGetsWhatItNeeds() {
        JsonNode said = signIn("web");
        isEverythingThatItShouldBe(said);
        assertThat(said.path("type").asText()).isEqualToIgnoringCase("Bearer");
    }

    @Test
    public void anApplicationThatRegisteredItselfPushesSignsAndProvesKeys() {
        JsonNode said = signIn("bank");
        isEverythingThatItShouldBe(said);
        assertThat(said.path("type").asText()).isEqualToIgnoringCase("DPoP");
        assertThat(said.path("before").path("cnf").path("jkt").asText()).isNotEmpty();
    }

    @Test
    public void whoSignsOutOfAnApplicationHasSignedOutOfTheServer() {
        signIn("web");
        JsonNode said = said(browser.visit(application.origin() + "/web/logout"));
        assertThat(said.path("path").asText()).isEqualTo("/bye");
        assertThat(said.path("query").asText()).isEqualTo("?state=over");
        assertThat(browser.visit(application.origin() + "/web/login").html()).contains("id=\"password\"");
    }
}

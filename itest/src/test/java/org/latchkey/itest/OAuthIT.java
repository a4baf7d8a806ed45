package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** The OAuth server from outside: the authorization code flow, and clients that a plugin knows. */
public class OAuthIT {

    private static final String SECRET = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/cb";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server();

    private final String issuer = "http://127.0.0.1:" + server.port() + "/oidc";
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser("http://127.0.0.1:" + server.port());
    private final Party spa = new Party(issuer, "spa", Optional.empty(), CALLBACK);

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(
                PluginJar.named("org.example.clients").source("Known", """
                import org.latchkey.api.oauth.*;
                @Component
                public final class Known implements ClientRegistry {
                    @Override public Optional<Client> find(String instance, String id) {
                        return id.equals("spa")
                                ? Optional.of(new Client("spa", Map.of(
                                        "token_endpoint_auth_method", "none",
                                        "client_name", "The <b>SPA</b>",
                                        "grant_types", List.of("authorization_code", "refresh_token"),
                                        "redirect_uris", List.of("https://app.example.org/cb")),
                                        List.of(), false, Set.of()))
                                : Optional.empty();
                    }
                }
                """).build());
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.oauth") && root.serves("org.example.clients"));
    }

    @Before
    public void createPerson() {
        assertThat(server.root()
                        .post(
                                "/api/v1/entities",
                                Map.of("id", ada, "secret", SECRET, "meta", Map.of("display_name", "Ada L.")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    public void row127_aCodeIsGivenAndRedeemedForTokens() {
        String verifier = Party.verifier();
        Page login = browser.get(spa.request(Map.of(
                "scope", "openid profile",
                "nonce", "n-1",
                "code_challenge", Party.challenge(verifier),
                "code_challenge_method", "S256")));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.html()).contains("id=\"username\"").contains("The &lt;b&gt;SPA&lt;");
        Page end = spa.signIn(browser, login, ada, SECRET);
        Map<String, String> back = Party.parameters(end);
        assertThat(end.location()).startsWith(CALLBACK + "?");
        assertThat(back).containsEntry("state", "st-1").containsEntry("iss", issuer);
        Answer tokens = spa.redeem(back.get("code"), Map.of("code_verifier", verifier));
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        JsonNode id = Party.claims(tokens.text("id_token"));
        assertThat(id.path("iss").asText()).isEqualTo(issuer);
        assertThat(id.path("sub").asText()).isEqualTo(ada);
        assertThat(id.path("nonce").asText()).isEqualTo("n-1");
        Answer userInfo = spa.userInfo(tokens.text("access_token"));
        assertThat(userInfo.status()).isEqualTo(200);
        assertThat(userInfo.text("name")).isEqualTo("Ada L.");
        Answer next = spa.refresh(tokens.text("refresh_token"));
        assertThat(next.status()).isEqualTo(200);
        assertThat(spa.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(spa.refresh(next.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(spa.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
    }

    @Test
    public void row128_discoveryIsAtBothWellKnownAddresses() {
        Answer metadata = spa.get("/.well-known/openid-configuration");
        assertThat(metadata.text("issuer")).isEqualTo(issuer);
        Http anybody = server.http();
        assertThat(anybody.get("/.well-known/oauth-authorization-server/oidc").json())
                .isEqualTo(metadata.json());
        assertThat(anybody.get("/.well-known/openid-configuration/oidc").json()).isEqualTo(metadata.json());
        assertThat(spa.get("/jwks").json().path("keys").size()).isGreaterThan(3);
    }
}

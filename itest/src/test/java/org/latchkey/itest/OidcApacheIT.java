package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.ExternalResource;
import org.junit.rules.RuleChain;
import org.latchkey.itest.server.Apache;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** An Apache with mod_auth_openidc as the relying party, if this machine has one. */
public class OidcApacheIT {

    private static final String SECRET = "correct horse battery";

    private static final Apache apache = new Apache("auth_openidc");
    private static final Server server = new Server();
    private static final String base = "http://127.0.0.1:" + server.port();

    @ClassRule
    public static final RuleChain rules =
            RuleChain.outerRule(new Needed()).around(server).around(apache);

    private static final class Needed extends ExternalResource {

        @Override
        protected void before() {
            String missing = apache.missing();
            assumeTrue("Skipped, for there is no " + missing + ": see itest/run.sh", missing.isEmpty());
        }
    }

    private final Browser browser = new Browser(base);

    @BeforeClass
    public static void deploy() throws IOException {
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.oauth"));
        Http.Answer made = root.post(
                "/oidc/clients",
                Map.of(
                        "client_id",
                        "apache",
                        "redirect_uris",
                        List.of(apache.url() + "/secret/callback"),
                        "token_endpoint_auth_method",
                        "client_secret_basic",
                        "trusted",
                        true));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        apache.start(settings(made.json().path("client_secret").asText()));
        assertThat(root.post(
                                "/api/v1/entities",
                                Map.of("id", "ada", "secret", SECRET, "meta", Map.of("display_name", "Ada L.")))
                        .status())
                .isEqualTo(201);
    }

    private static String settings(String secret) {
        return """
                LogLevel warn auth_openidc:debug
                OIDCProviderMetadataURL %1$s/oidc/.well-known/openid-configuration
                OIDCClientID apache
                OIDCClientSecret %2$s
                OIDCRedirectURI %3$s/secret/callback
                OIDCCryptoPassphrase only-for-this-test
                OIDCScope "openid profile"
                OIDCPKCEMethod S256
                OIDCUnAuthAction auth true
                OIDCRemoteUserClaim preferred_username
                Header always set X-User "expr=%%{REMOTE_USER}"
                Header always set X-Name "expr=%%{req:OIDC_CLAIM_name}"
                <Location /secret/>
                AuthType openid-connect
                Require valid-user
                </Location>
                """.formatted(base, secret, apache.url());
    }

    @Test
    public void apacheLetsInWhoHasSignedIn() {
        Page form = browser.visit(apache.url() + "/secret/index.txt");
        assertThat(form.html())
                .withFailMessage(() -> form.status() + form.html() + apache.log())
                .contains("id=\"password\"");
        Map<String, String> filled = new LinkedHashMap<>(form.hidden());
        filled.put("username", "ada");
        filled.put("password", SECRET);
        Page page = browser.visit(browser.post("/oidc/login", filled).location());
        assertThat(page.html()).withFailMessage(apache::log).isEqualTo("welcome\n");
        assertThat(page.response().headers().firstValue("X-User")).contains("ada");
        assertThat(page.response().headers().firstValue("X-Name")).contains("Ada L.");
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** L-07: guesses are counted over all ways to sign in. */
public class ThrottleIT {

    private static final String SECRET = "correct horse battery";

    @ClassRule
    public static final Server server = new Server().withEtc("latchkey.throttle", "local=B\"true\"", "name=I\"4\"");

    @Test
    public void L_07_noWayToSignInGoesAroundTheCount() {
        Http root = server.root();
        for (String name : new String[] {"ada", "bob"}) {
            assertThat(root.post("/api/v1/entities", Map.of("id", name, "secret", SECRET))
                            .status())
                    .isEqualTo(201);
        }
        Browser browser = new Browser("http://127.0.0.1:" + server.port());
        for (int i = 0; i < 2; i++) {
            assertThat(rest("ada", "wrong").status()).isEqualTo(401);
            assertThat(page(browser, "ada", "wrong").status()).isEqualTo(401);
        }
        Http.Answer refused = rest("ada", SECRET);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        Page shown = page(browser, "ada", SECRET);
        assertThat(shown.status()).isEqualTo(429);
        assertThat(shown.html()).contains("too many attempts");
        assertThat(rest("bob", SECRET).status()).isEqualTo(204);
        assertThat(server.root().get("/api/v1/entities/ada").status()).isEqualTo(200);
    }

    private static Http.Answer rest(String name, String secret) {
        return server.http().post("/api/v1/auth/check", Map.of("id", name, "secret", secret));
    }

    private static Page page(Browser browser, String name, String secret) {
        Map<String, String> form = new LinkedHashMap<>(browser.get("/login").hidden());
        form.put("username", name);
        form.put("password", secret);
        return browser.post("/login", form);
    }
}

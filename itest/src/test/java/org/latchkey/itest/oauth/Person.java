package org.latchkey.itest.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.util.Map;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Server;

/**
 * Somebody with an account and a browser.
 *
 * @param name they sign in with
 */
public record Person(String name, Browser browser) {

    public static final String SECRET = "correct horse battery";

    /** A new one. */
    public static Person of(Server server, String name) {
        assertThat(server.root()
                        .post("/api/v1/entities", Map.of("id", name, "secret", SECRET))
                        .status())
                .isEqualTo(201);
        return new Person(name, new Browser("http://127.0.0.1:" + server.port()));
    }

    /** Signs in to a client, and gives its tokens. */
    public Answer signIn(Party party) {
        Answer tokens = party.redeem(party.code(browser, Map.of(), name, SECRET), Map.of());
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        return tokens;
    }

    /** Whether a client gets a code without a page. */
    public boolean isSignedIn(Party party) {
        return Party.parameters(browser.get(party.request(Map.of("prompt", "none"))))
                .containsKey("code");
    }

    /** The value of a cookie, empty if there is none. */
    public String cookie(String cookie) {
        return browser.cookies().getCookieStore().getCookies().stream()
                .filter(each -> each.getName().equals(cookie))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }
}

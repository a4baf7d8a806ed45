package org.latchkey.itest.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;

/**
 * A relying party that always asks for one response type in one response mode, and looks at each answer as such a party must.
 *
 * @param mode {@code form_post}, or {@code query} or {@code fragment} where the type has it and nothing is said of it
 * @param proof what it proves itself with at the token endpoint, besides the secret of a party that has one
 */
public record Flow(Party party, String type, String mode, Map<String, String> proof) {

    public static final String NONCE = "n-0S6";

    /**
     * What came back.
     *
     * @param back from the authorization endpoint
     * @param redeemed from the token endpoint, if there was a code
     */
    public record Answered(Map<String, String> back, Optional<Answer> redeemed) {

        /** The first that there is. */
        public String idToken() {
            return first("id_token");
        }

        /** The first that there is; empty if only an id token was asked for. */
        public String accessToken() {
            return first("access_token");
        }

        public JsonNode claims() {
            return Party.claims(idToken());
        }

        private String first(String name) {
            return Optional.ofNullable(back.get(name))
                    .or(() -> redeemed.map(answer -> answer.text(name)))
                    .orElse("");
        }
    }

    public boolean gives(String word) {
        return List.of(type.split(" ")).contains(word);
    }

    /** The parameters of a request; an empty value leaves one out. */
    public Map<String, String> asked(Map<String, String> more) {
        return party.asked(said(more));
    }

    private Map<String, String> said(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("response_type", type, "nonce", NONCE));
        if (mode.equals("form_post")) {
            all.put("response_mode", mode);
        }
        all.putAll(more);
        return all;
    }

    public Page begin(Browser browser, Map<String, String> more) {
        return browser.get(party.request(said(more)));
    }

    /** The parameters of an answer, from where this mode puts them; they are nowhere else. */
    public Map<String, String> back(Page page) {
        if (mode.equals("form_post")) {
            assertThat(page.status()).as(page.html()).isEqualTo(200);
            assertThat(page.location()).isEmpty();
            assertThat(Page.unescaped(page.html())).contains("action=\"" + party.redirectUri() + "\"");
            return page.hidden();
        }
        String query = party.redirectUri().contains("?") ? "&" : "?";
        assertThat(page.location())
                .as(page.html())
                .startsWith(party.redirectUri() + (mode.equals("query") ? query : "#"));
        return Party.parameters(page);
    }

    /** The whole way of somebody who is signed in. */
    public Answered answered(Browser browser, Map<String, String> more) {
        return answered(begin(browser, more));
    }

    /** Takes an answer as it has to be, and redeems its code. */
    public Answered answered(Page page) {
        Map<String, String> back = back(page);
        assertThat(back).containsEntry("state", "st-1").doesNotContainKey("error");
        assertThat(back.containsKey("code")).isEqualTo(gives("code"));
        assertThat(back.containsKey("access_token")).isEqualTo(gives("token"));
        assertThat(back.containsKey("id_token")).isEqualTo(gives("id_token"));
        if (gives("token")) {
            assertThat(back).containsEntry("token_type", "Bearer").containsKey("expires_in");
        }
        if (gives("id_token")) {
            fits(back);
        }
        Optional<Answer> redeemed =
                gives("code") ? Optional.of(party.redeem(back.get("code"), proof)) : Optional.empty();
        redeemed.ifPresent(answer ->
                assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200));
        return new Answered(back, redeemed);
    }

    /** What stands beside the id token is what it was made with (OpenID Connect Core, 3.2.2.9 and 3.3.2.11). */
    private void fits(Map<String, String> back) {
        JsonNode claims = Party.claims(back.get("id_token"));
        assertThat(claims.path("c_hash").asText()).isEqualTo(gives("code") ? half(back.get("code")) : "");
        assertThat(claims.path("at_hash").asText()).isEqualTo(gives("token") ? half(back.get("access_token")) : "");
    }

    /** The left half of the SHA-256, which goes with RS256 (3.1.3.6). */
    private static String half(String text) {
        byte[] whole = Base64.getUrlDecoder().decode(Key.hash(text));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, whole.length / 2));
    }
}

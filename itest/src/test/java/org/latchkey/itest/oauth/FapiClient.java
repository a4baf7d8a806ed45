package org.latchkey.itest.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;

/**
 * A relying party as the FAPI 2.0 Security Profile has it: pushes its requests, signs what it proves itself with, and has tokens
 * bound to its key. Whatever it says can be changed for a test; an empty value leaves a thing out.
 */
public final class FapiClient {

    private final String issuer;
    private final Party party;
    private final Key key;
    private final String verifier = Party.verifier();

    public FapiClient(String issuer, String id, Key key, String redirectUri) {
        this.issuer = issuer;
        this.party = new Party(issuer, id, Optional.empty(), redirectUri);
        this.key = key;
    }

    public Party party() {
        return party;
    }

    public Map<String, String> verifier() {
        return Map.of("code_verifier", verifier);
    }

    /** A form with the client's assertion. */
    public Map<String, String> signed(Map<String, String> form) {
        return signed(form, Map.of());
    }

    /** A form with an assertion whose claims are changed. */
    public Map<String, String> signed(Map<String, String> form, Map<String, Object> changes) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of("iss", party.id(), "sub", party.id(), "aud", issuer));
        claims.putAll(
                Map.of("iat", now, "exp", now + 60, "jti", UUID.randomUUID().toString()));
        claims.putAll(changes);
        claims.values().removeIf(""::equals);
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        all.put("client_assertion", key.signed("JWT", claims));
        return all;
    }

    /** The parameters of a request. */
    public Map<String, String> asked(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("code_challenge", Party.challenge(verifier));
        all.put("code_challenge_method", "S256");
        all.putAll(more);
        return party.asked(all);
    }

    public Answer push(Map<String, String> more) {
        return party.post("/par", signed(asked(more)));
    }

    /** What a browser is shown, or where it is sent, after a request was pushed. */
    public Page begin(Browser browser, Map<String, String> more) {
        Answer pushed = push(more);
        assertThat(pushed.status()).as(pushed.json().toString()).isEqualTo(201);
        return browser.get(party.pushedRequest(pushed));
    }

    /** The answer to somebody who is signed in and has allowed it. */
    public Map<String, String> answered(Browser browser, Map<String, String> more) {
        Page end = begin(browser, more);
        assertThat(end.location()).as(end.html()).startsWith(party.redirectUri());
        assertThat(Party.parameters(end)).containsEntry("iss", issuer).doesNotContainKey("error");
        return Party.parameters(end);
    }

    public String code(Browser browser) {
        return answered(browser, Map.of()).get("code");
    }

    /** A proof of its key at an address under the issuer. */
    public Map<String, String> proof(String method, String below, Map<String, Object> changes) {
        return key.proof(method, issuer + below, changes);
    }

    public Answer redeem(String code) {
        return redeem(code, verifier(), proof("POST", "/token", Map.of()));
    }

    public Answer redeem(String code, Map<String, String> more, Map<String, String> proof) {
        return party.redeem(code, signed(more), proof);
    }

    public Answer refresh(String refreshToken) {
        Map<String, String> form = Map.of("grant_type", "refresh_token", "refresh_token", refreshToken);
        return party.post("/token", signed(form), proof("POST", "/token", Map.of()));
    }

    /** Asks the resource, with the scheme and a proof as they are given. */
    public Answer userInfo(String scheme, String token, Map<String, Object> changes) {
        Map<String, Object> claims = new HashMap<>(Map.of("ath", Key.hash(token)));
        claims.putAll(changes);
        Map<String, String> headers = new HashMap<>(proof("GET", "/userinfo", claims));
        headers.put("Authorization", scheme + " " + token);
        return party.userInfo(headers);
    }
}

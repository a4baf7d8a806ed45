package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Key;
import org.latchkey.itest.oauth.KnownClients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Tokens that are bound to a key (RFC 9449) from outside. */
public class OAuthDpopIT {

    private static final String SECRET = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/cb";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server();

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final String tokenUrl = issuer + "/token";
    private final String userInfoUrl = issuer + "/userinfo";
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);
    private final Key key = new Key();
    private final Party spa = new Party(issuer, "spa", Optional.empty(), CALLBACK);
    private final Party app = new Party(issuer, "app", Optional.of("app-secret"), CALLBACK);
    private final Party bound = new Party(issuer, "bound", Optional.of("bound-secret"), CALLBACK);
    private final String verifier = Party.verifier();
    private final Map<String, String> pkce =
            Map.of("code_challenge", Party.challenge(verifier), "code_challenge_method", "S256");

    @BeforeClass
    public static void deploy() {
        List<String> grants = List.of("authorization_code", "refresh_token", "client_credentials");
        server.deploy(Server.shipped("org.latchkey.oauth"));
        Map<String, Object> app = Map.of("redirect_uris", List.of(CALLBACK), "grant_types", grants);
        Map<String, Object> spa = new HashMap<>(app);
        spa.put("token_endpoint_auth_method", "none");
        Map<String, Object> bound = new HashMap<>(app);
        bound.put("dpop_bound_access_tokens", true);
        server.deploy(new KnownClients()
                .with("spa", spa)
                .with("app", app, List.of("app-secret"))
                .with("bound", bound, List.of("bound-secret"))
                .jar());
        Http root = server.root();
        await(30, () -> root.serves("org.latchkey.oauth") && root.serves(KnownClients.NAME));
    }

    @Before
    public void createPerson() {
        assertThat(server.root()
                        .post("/api/v1/entities", Map.of("id", ada, "secret", SECRET))
                        .status())
                .isEqualTo(201);
    }

    private Map<String, String> proof(Map<String, Object> more) {
        return key.proof("POST", tokenUrl, more);
    }

    private String code(Party party, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(pkce);
        all.putAll(more);
        return party.code(browser, all, ada, SECRET);
    }

    private Answer redeem(Party party, String code, Map<String, String> proof) {
        return party.redeem(code, Map.of("code_verifier", verifier), proof);
    }

    private Map<String, String> asDpop(String token, Key prover, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>(Map.of("ath", Key.hash(token)));
        claims.putAll(more);
        claims.values().removeIf(""::equals);
        Map<String, String> headers = new HashMap<>(prover.proof("GET", userInfoUrl, claims));
        headers.put("Authorization", "DPoP " + token);
        return headers;
    }

    private String boundToken() {
        Answer tokens = redeem(spa, code(spa, Map.of()), proof(Map.of()));
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        return tokens.text("access_token");
    }

    private void refused(String what, String error, Map<String, String> headers) {
        Answer answer = spa.userInfo(headers);
        assertThat(answer.status()).as(what).isEqualTo(401);
        assertThat(answer.text("error")).as(what).isEqualTo(error);
        assertThat(answer.response().headers().firstValue("WWW-Authenticate").orElse(""))
                .as(what)
                .contains("DPoP")
                .contains("algs=\"")
                .contains("error=\"" + error + "\"");
    }

    @Test
    public void row137_aTokenIsBoundToTheKeyThatIsProved() {
        Answer tokens = redeem(spa, code(spa, Map.of()), proof(Map.of()));
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualTo("DPoP");
        String token = tokens.text("access_token");
        assertThat(Party.claims(token).path("cnf").path("jkt").asText()).isEqualTo(key.thumbprint());
        Answer told = spa.userInfo(asDpop(token, key, Map.of()));
        assertThat(told.status()).as(told.json().toString()).isEqualTo(200);
        assertThat(told.text("sub")).isEqualTo(ada);
        assertThat(spa.get("/.well-known/openid-configuration")
                        .json()
                        .path("dpop_signing_alg_values_supported")
                        .toString())
                .contains("ES256")
                .contains("EdDSA")
                .doesNotContain("HS256")
                .doesNotContain("none");
    }

    @Test
    public void o23_aBoundTokenNeedsAProofOfItsKey() {
        String token = boundToken();
        refused("as a bearer token", "invalid_token", Map.of("Authorization", "Bearer " + token));
        refused("no proof", "invalid_dpop_proof", Map.of("Authorization", "DPoP " + token));
        refused("another key", "invalid_token", asDpop(token, new Key(), Map.of()));
        refused("htu", "invalid_dpop_proof", asDpop(token, key, Map.of("htu", tokenUrl)));
        refused("htm", "invalid_dpop_proof", asDpop(token, key, Map.of("htm", "POST")));
        refused("old", "invalid_dpop_proof", asDpop(token, key, Map.of("iat", 1_700_000_000L)));
        refused("no ath", "invalid_dpop_proof", asDpop(token, key, Map.of("ath", "")));
        refused("other ath", "invalid_dpop_proof", asDpop(token, key, Map.of("ath", Key.hash("x"))));
        refused("a made-up nonce", "use_dpop_nonce", asDpop(token, key, Map.of("nonce", "x")));
        Map<String, String> once = asDpop(token, key, Map.of());
        assertThat(spa.userInfo(once).status()).isEqualTo(200);
        refused("a second time", "invalid_dpop_proof", once);
        String bearer = redeem(spa, code(spa, Map.of()), Map.of()).text("access_token");
        refused("a bearer token as a bound one", "invalid_token", asDpop(bearer, key, Map.of()));
        assertThat(spa.userInfo(Map.of()).status()).isEqualTo(401);
    }

    @Test
    public void o23_aBoundClientNeedsAProofWithANonce() {
        String code = code(bound, Map.of());
        assertThat(redeem(bound, code, Map.of()).text("error")).isEqualTo("invalid_dpop_proof");
        Answer without = redeem(bound, code, proof(Map.of()));
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.text("error")).isEqualTo("use_dpop_nonce");
        String nonce = without.response().headers().firstValue("DPoP-Nonce").orElseThrow();
        assertThat(redeem(bound, code, proof(Map.of("nonce", nonce + "A"))).text("error"))
                .isEqualTo("use_dpop_nonce");
        Answer tokens = redeem(bound, code, proof(Map.of("nonce", nonce)));
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        assertThat(tokens.response().headers().firstValue("DPoP-Nonce")).isPresent();
        String token = tokens.text("access_token");
        refused("no nonce", "use_dpop_nonce", asDpop(token, key, Map.of()));
        assertThat(spa.userInfo(asDpop(token, key, Map.of("nonce", nonce))).status())
                .isEqualTo(200);
    }

    @Test
    public void o23_aProofAtTheTokenEndpointIsGoodOnce() {
        Map<String, String> form = Map.of("grant_type", "client_credentials");
        Map<String, String> once = proof(Map.of());
        Answer tokens = app.post("/token", form, once);
        assertThat(tokens.text("token_type")).isEqualTo("DPoP");
        Answer again = app.post("/token", form, once);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("error")).isEqualTo("invalid_dpop_proof");
        Answer told = app.post("/introspect", Map.of("token", tokens.text("access_token")));
        assertThat(told.text("token_type")).isEqualTo("DPoP");
        assertThat(told.json().path("cnf").path("jkt").asText()).isEqualTo(key.thumbprint());
    }

    @Test
    public void o23_aPublicClientsRefreshTokenIsForTheSameKey() {
        Answer tokens = redeem(spa, code(spa, Map.of()), proof(Map.of()));
        Map<String, String> form = Map.of("grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token"));
        assertThat(spa.post("/token", form).text("error")).isEqualTo("invalid_grant");
        assertThat(spa.post("/token", form, new Key().proof("POST", tokenUrl, Map.of()))
                        .text("error"))
                .isEqualTo("invalid_grant");
        Answer next = spa.post("/token", form, proof(Map.of()));
        assertThat(next.status()).as(next.json().toString()).isEqualTo(200);
        assertThat(next.text("token_type")).isEqualTo("DPoP");
    }

    @Test
    public void o23_aConfidentialClientMayChangeItsKey() {
        Answer tokens = redeem(app, code(app, Map.of()), proof(Map.of()));
        Key other = new Key();
        Answer next = app.post(
                "/token",
                Map.of("grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token")),
                other.proof("POST", tokenUrl, Map.of()));
        assertThat(next.status()).isEqualTo(200);
        assertThat(Party.claims(next.text("access_token"))
                        .path("cnf")
                        .path("jkt")
                        .asText())
                .isEqualTo(other.thumbprint());
    }

    @Test
    public void o23_aCodeIsForTheKeyThatWasAnnounced() {
        String code = code(spa, Map.of("dpop_jkt", key.thumbprint()));
        assertThat(redeem(spa, code, Map.of()).text("error")).isEqualTo("invalid_grant");
        assertThat(redeem(spa, code, new Key().proof("POST", tokenUrl, Map.of()))
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(redeem(spa, code, proof(Map.of())).status()).isEqualTo(200);
    }

    @Test
    public void o23_aProofAtTheParEndpointAnnouncesTheKey() {
        Map<String, String> asked = app.asked(Map.of());
        Map<String, String> other = app.asked(Map.of("dpop_jkt", new Key().thumbprint()));
        assertThat(app.post("/par", other, key.proof("POST", issuer + "/par", Map.of()))
                        .text("error"))
                .isEqualTo("invalid_dpop_proof");
        Answer pushed = app.post("/par", asked, key.proof("POST", issuer + "/par", Map.of()));
        assertThat(pushed.status()).as(pushed.json().toString()).isEqualTo(201);
        String code = Party.parameters(app.signIn(browser, browser.get(app.pushedRequest(pushed)), ada, SECRET))
                .get("code");
        assertThat(app.redeem(code, Map.of(), new Key().proof("POST", tokenUrl, Map.of()))
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.redeem(code, Map.of(), proof(Map.of())).status()).isEqualTo(200);
    }
}

package org.latchkey.oauth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.client.Asked;
import org.latchkey.oauth.client.ClientAudit;
import org.latchkey.oauth.client.Operators;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.client.Secrets;
import org.latchkey.oauth.client.SectorIdentifier;
import org.latchkey.oauth.client.StoredClient;
import org.latchkey.oauth.client.StoredClients;
import org.latchkey.oauth.client.TestOffers;
import org.latchkey.oauth.client.TwoTokens;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

public class RegistrationEndpointTest {

    private static final Map<String, Object> WEB = Map.of("redirect_uris", List.of("https://app.example/cb"));

    private final MemoryAudit audit = new MemoryAudit();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final MemoryStore store = new MemoryStore();
    private final StoredClients clients = new StoredClients(store);
    private final List<URI> fetched = new ArrayList<>();
    private String published = "";
    private final InitialTokens initialTokens = new InitialTokens(store, "oidc", clock);
    private final ClientAudit clientAudit = new ClientAudit(audit, "oidc");
    private final RegistrationEndpoint open = endpoint(Admission.OPEN);
    private final RegistrationEndpoint closed = endpoint(Admission.INITIAL_TOKEN);
    private final InitialTokensEndpoint operators =
            new InitialTokensEndpoint(initialTokens, new Operators(new TwoTokens()), clientAudit, clock);

    private RegistrationEndpoint endpoint(Admission admission) {
        return new RegistrationEndpoint(new Registration(
                clients,
                TestOffers.all().issuer(),
                TestOffers::all,
                new SectorIdentifier(this::fetch),
                admission,
                initialTokens,
                clientAudit,
                clock));
    }

    private String fetch(URI uri) throws IOException {
        fetched.add(uri);
        if (published.isEmpty()) {
            throw new IOException("nothing there");
        }
        return published;
    }

    private static Map<String, Object> with(Map<String, Object> base, Object... members) {
        Map<String, Object> all = new LinkedHashMap<>(base);
        for (int i = 0; i < members.length; i += 2) {
            all.put((String) members[i], members[i + 1]);
        }
        return all;
    }

    private static Map<String, Object> json(Response response) {
        return Json.object(new String(response.body(), StandardCharsets.UTF_8)).orElseThrow();
    }

    private Response post(Map<String, Object> said) throws IOException {
        return open.handle(Asked.of("POST", "/register").withJson(Json.text(said)));
    }

    private Map<String, Object> registered(Map<String, Object> said) throws IOException {
        Response answer = post(said);
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        return json(answer);
    }

    private void refused(String error, Map<String, Object> said) throws IOException {
        Response answer = post(said);
        assertThat(answer.status()).as(said.toString()).isEqualTo(400);
        assertThat(json(answer)).containsEntry("error", error).containsKey("error_description");
        assertThat(clients.list("oidc", "", 10).items()).isEmpty();
    }

    private Response manage(String method, Map<String, Object> client, String token, Map<String, Object> said)
            throws IOException {
        Asked asked = Asked.of(method, "/register/" + client.get("client_id")).withBearer(token);
        return open.handle(said.isEmpty() ? asked : asked.withJson(Json.text(said)));
    }

    private static String token(Map<String, Object> client) {
        return (String) client.get("registration_access_token");
    }

    @Test
    public void rfc7591_aClientIsTold_whatItIsRegisteredAs() throws Exception {
        Map<String, Object> said = with(
                WEB,
                "client_name",
                "App",
                "token_endpoint_auth_method",
                "client_secret_post",
                "response_types",
                List.of("code"),
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "id_token_signed_response_alg",
                "ES256");
        Map<String, Object> client = registered(said);
        assertThat(client).containsAllEntriesOf(said);
        String id = (String) client.get("client_id");
        assertThat(client)
                .containsEntry("client_id_issued_at", (int) clock.instant().getEpochSecond())
                .containsEntry("client_secret_expires_at", 0)
                .containsEntry("registration_client_uri", "https://id.example/oidc/register/" + id);
        assertThat(clients.find("oidc", id).orElseThrow().secretHashes())
                .containsExactly(Secrets.hash((String) client.get("client_secret")));
        assertThat(store.get("oauth.client", "oidc/" + id).orElseThrow().body())
                .doesNotContain(token(client))
                .doesNotContain((String) client.get("client_secret"));
        assertThat(audit.last().type() + " " + audit.last().subject()).isEqualTo("oauth.client.registered " + id);
        assertThat(registered(with(WEB, "token_endpoint_auth_method", "none")))
                .doesNotContainKey("client_secret")
                .doesNotContainKey("client_secret_expires_at");
    }

    @Test
    public void oidcc_registration_logo_policy_and_tos_uri() throws Exception {
        for (String member : List.of("logo_uri", "policy_uri", "tos_uri")) {
            assertThat(registered(with(WEB, member, "https://app.example/x"))).containsKey(member);
        }
        assertThat(fetched).isEmpty();
    }

    @Test
    public void oidcc_registration_jwks_uri_isKeptAndNotFetched() throws Exception {
        assertThat(registered(with(
                        WEB, "token_endpoint_auth_method", "private_key_jwt", "jwks_uri", "https://app.example/jwks")))
                .containsEntry("jwks_uri", "https://app.example/jwks")
                .doesNotContainKey("client_secret");
        assertThat(fetched).isEmpty();
    }

    @Test
    public void oidcc_registration_sector_uri() throws Exception {
        published = "[\"https://app.example/cb\",\"https://other.example/cb\"]";
        Map<String, Object> said = Map.of(
                "redirect_uris",
                List.of("https://app.example/cb", "https://other.example/cb"),
                "subject_type",
                "pairwise",
                "sector_identifier_uri",
                "https://app.example/sector.json");
        assertThat(registered(said)).containsAllEntriesOf(said);
    }

    @Test
    public void oidcc_registration_sector_bad() throws Exception {
        Map<String, Object> said = with(WEB, "sector_identifier_uri", "https://app.example/sector.json");
        for (String bad : List.of(
                "",
                "[]",
                "[\"https://app.example/cb2\"]",
                "{\"a\":\"https://app.example/cb\"}",
                "[[\"https://app.example/cb\"]]",
                "[\"https://app.example/cb\",1]",
                "\"https://app.example/cb\"",
                "null",
                "<html>")) {
            published = bad;
            refused("invalid_client_metadata", said);
        }
    }

    @Test
    public void oidcc_redirect_uri_regfrag() throws Exception {
        refused("invalid_redirect_uri", Map.of("redirect_uris", List.of("https://app.example/cb#frag")));
    }

    @Test
    public void oidcc_redirect_uri_query_OK() throws Exception {
        Map<String, Object> said = Map.of("redirect_uris", List.of("https://app.example/cb?foo=bar"));
        assertThat(registered(said)).containsAllEntriesOf(said);
    }

    @Test
    public void o27_whatAClientHasNoSayInIsNotKept() throws Exception {
        Map<String, Object> client = registered(with(
                WEB,
                "client_id",
                "chosen",
                "client_secret",
                "chosen",
                "trusted",
                true,
                "groups",
                List.of("wheel"),
                "owner",
                "root",
                "registration_access_token",
                "chosen",
                "software_statement",
                "bad"));
        assertThat(client)
                .doesNotContainValue("chosen")
                .doesNotContainKeys("trusted", "groups", "owner", "software_statement");
        StoredClient stored =
                clients.stored("oidc", (String) client.get("client_id")).orElseThrow();
        assertThat(stored.trusted()).isFalse();
        assertThat(stored.groups()).isEmpty();
        assertThat(stored.metadata()).doesNotContainKeys("trusted", "groups", "owner", "client_id", "client_secret");
    }

    @Test
    public void o27_whatIsNotOfferedIsRefused() throws Exception {
        refused("invalid_redirect_uri", Map.of("redirect_uris", List.of("http://app.example/cb")));
        refused("invalid_redirect_uri", Map.of("redirect_uris", List.of("javascript:alert(1)")));
        refused("invalid_redirect_uri", Map.of());
        refused("invalid_client_metadata", with(WEB, "grant_types", List.of("authorization_code", "password")));
        refused("invalid_client_metadata", with(WEB, "scope", "openid admin"));
        refused("invalid_client_metadata", with(WEB, "logo_uri", "http://169.254.169.254/latest"));
        assertThat(fetched).isEmpty();
    }

    @Test
    public void o27_withoutAScopeAClientGetsWhatSuchClientsAreOfferedAndNoMore() throws Exception {
        for (Map<String, Object> said : List.of(WEB, nullScope())) {
            assertThat(registered(said)).containsEntry("scope", "offline_access openid profile");
        }
        Map<String, Object> none = registered(with(WEB, "scope", ""));
        String id = (String) none.get("client_id");
        assertThat(new RegisteredClient(clients.find("oidc", id).orElseThrow()).scope())
                .contains(Set.of());
    }

    private static Map<String, Object> nullScope() {
        return with(WEB, "scope", null);
    }

    @Test
    public void aBodyThatIsNoneIsRefused() throws Exception {
        for (String bad : List.of("", "[]", "{\"redirect_uris\":[],\"redirect_uris\":[]}", "{")) {
            Response answer = open.handle(Asked.of("POST", "/register").withJson(bad));
            assertThat(answer.status() + " " + json(answer).get("error")).isEqualTo("400 invalid_client_metadata");
        }
        assertThat(open.handle(Asked.of("POST", "/register")).status()).isEqualTo(400);
        assertThat(open.handle(Asked.of("GET", "/register")).headers()).containsEntry("Allow", "POST");
        assertThat(open.handle(Asked.of("POST", "/register/x")).status()).isEqualTo(405);
    }

    private Response postClosed(String token) throws IOException {
        return closed.handle(Asked.of("POST", "/register").withBearer(token).withJson(Json.text(WEB)));
    }

    private String initialToken(String json) throws IOException {
        Asked asked = Asked.of("POST", "/clients/initial-access-tokens").withBearer("root");
        Response made = operators.handle(json.isEmpty() ? asked : asked.withJson(json));
        assertThat(made.status()).isEqualTo(201);
        return (String) json(made).get("initial_access_token");
    }

    @Test
    public void withoutAnInitialAccessTokenNobodyRegistersByDefault() throws Exception {
        Response none = closed.handle(Asked.of("POST", "/register").withJson(Json.text(WEB)));
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.headers().get("WWW-Authenticate")).startsWith("Bearer ").contains("invalid_token");
        for (String bad : List.of("", "x", "root", "../x", Secrets.random())) {
            assertThat(postClosed(bad).status()).isEqualTo(401);
        }
        published = "[]";
        closed.handle(Asked.of("POST", "/register")
                .withJson(Json.text(with(WEB, "sector_identifier_uri", "https://app.example/s"))));
        assertThat(fetched).as("on behalf of nobody").isEmpty();
    }

    @Test
    public void anInitialAccessTokenIsGoodOnceUnlessMoreIsSaid() throws Exception {
        String once = initialToken("");
        assertThat(store.list(InitialTokens.KIND, "", "", 10).toString()).doesNotContain(once);
        Asked bad = Asked.of("POST", "/register").withBearer(once).withJson("{}");
        assertThat(closed.handle(bad).status()).as("a fault does not use it up").isEqualTo(400);
        assertThat(postClosed(once).status()).isEqualTo(201);
        assertThat(postClosed(once).status()).isEqualTo(401);
        String twice = initialToken("{\"count\":2}");
        assertThat(postClosed(twice).status()).isEqualTo(201);
        assertThat(postClosed(twice).status()).isEqualTo(201);
        assertThat(postClosed(twice).status()).isEqualTo(401);
    }

    @Test
    public void anInitialAccessTokenEnds() throws Exception {
        String day = initialToken("");
        String minute = initialToken("{\"expires_in\":60}");
        clock.advance(Duration.ofSeconds(60));
        assertThat(postClosed(minute).status()).isEqualTo(401);
        assertThat(postClosed(day).status()).isEqualTo(201);
        String gone = initialToken("");
        assertThat(store.list(InitialTokens.KIND, "", "", 10))
                .as("what has ended is swept")
                .hasSize(1);
        assertThat(operators
                        .handle(Asked.of("DELETE", "/clients/initial-access-tokens")
                                .withBearer("root"))
                        .status())
                .isEqualTo(204);
        assertThat(postClosed(gone).status()).isEqualTo(401);
        assertThat(audit.events())
                .extracting(AuditEvent::type)
                .contains("oauth.initial_token.created", "oauth.initial_token.revoked");
        assertThat(audit.events().toString()).doesNotContain(gone).doesNotContain(day);
    }

    @Test
    public void rfc7592_aClientReadsChangesAndRemovesItself() throws Exception {
        Map<String, Object> client = registered(with(WEB, "client_name", "App"));
        Response read = manage("GET", client, token(client), Map.of());
        assertThat(read.status()).isEqualTo(200);
        Map<String, Object> expected = new LinkedHashMap<>(client);
        expected.keySet().removeAll(Set.of("client_secret", "client_secret_expires_at"));
        assertThat(json(read)).isEqualTo(expected);

        Map<String, Object> said =
                with(WEB, "client_id", client.get("client_id"), "client_uri", "https://app.example/");
        Response updated = manage("PUT", client, token(client), said);
        assertThat(updated.status()).isEqualTo(200);
        Map<String, Object> now = json(updated);
        assertThat(now).containsAllEntriesOf(said).doesNotContainKeys("client_name", "client_secret");
        assertThat(token(now)).isNotEqualTo(token(client));

        Response gone = manage("DELETE", client, token(now), Map.of());
        assertThat(gone.status()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
        assertThat(manage("GET", client, token(now), Map.of()).status()).isEqualTo(401);
        assertThat(audit.events())
                .extracting(AuditEvent::type)
                .containsExactly("oauth.client.registered", "oauth.client.changed", "oauth.client.deleted");
    }

    @Test
    public void o28_whatWasReadCanBePutBackWithoutALoss() throws Exception {
        Map<String, Object> client = registered(with(
                WEB,
                "client_name#de",
                "Anwendung",
                "scope",
                "openid",
                "jwks",
                keys(),
                "default_max_age",
                60,
                "require_auth_time",
                true,
                "default_acr_values",
                List.of("1")));
        String id = (String) client.get("client_id");
        StoredClient stored = clients.stored("oidc", id).orElseThrow();
        clients.replace(
                "oidc",
                stored.withMetadata(with(stored.metadata(), "scope", "openid admin"))
                        .withTrust(true, Set.of("staff")));
        StoredClient before = clients.stored("oidc", id).orElseThrow();

        Map<String, Object> read = json(manage("GET", client, token(client), Map.of()));
        Response back = manage("PUT", client, token(client), read);
        assertThat(back.status()).isEqualTo(200);
        StoredClient after = clients.stored("oidc", id).orElseThrow();
        assertThat(after.metadata()).isEqualTo(before.metadata()).containsEntry("scope", "openid admin");
        assertThat(after.client(clock.instant())).isEqualTo(before.client(clock.instant()));
        assertThat(after.createdAt()).isEqualTo(before.createdAt());

        Map<String, Object> wholeAnswer = with(json(back), "client_secret", client.get("client_secret"));
        assertThat(manage("PUT", client, token(json(back)), wholeAnswer).status())
                .isEqualTo(200);
    }

    private static Map<String, Object> keys() throws JOSEException {
        return new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("1").generate()).toJSONObject(true);
    }

    @Test
    public void o28_whatIsChangedIsJudged() throws Exception {
        Map<String, Object> client = registered(WEB);
        Map<String, Object> read = json(manage("GET", client, token(client), Map.of()));
        for (Map<String, Object> bad : List.of(
                with(read, "client_name", 7),
                with(read, "scope", "admin"),
                with(read, "client_id", "other"),
                with(read, "client_secret", "chosen"),
                with(read, "redirect_uris", List.of("http://app.example/")))) {
            assertThat(manage("PUT", client, token(client), bad).status())
                    .as(bad.toString())
                    .isEqualTo(400);
        }
        Map<String, Object> without = new LinkedHashMap<>(read);
        without.remove("client_id");
        assertThat(manage("PUT", client, token(client), without).status()).isEqualTo(400);
        assertThat(manage("GET", client, token(client), Map.of()).status())
                .as("a refused update does not change the token")
                .isEqualTo(200);
    }

    @Test
    public void o29_onlyItsOwnTokenOfNowIsGood() throws Exception {
        Map<String, Object> mine = registered(WEB);
        Map<String, Object> other = registered(WEB);
        String used = token(mine);
        String fresh = token(json(manage("PUT", mine, used, with(WEB, "client_id", mine.get("client_id")))));
        clients.create("oidc", StoredClient.of("operators", WEB, clock.instant()));
        for (String method : List.of("GET", "PUT", "DELETE")) {
            for (String bad : List.of(token(other), used, "", "root", (String) mine.get("client_secret"))) {
                Response answer = manage(method, mine, bad, with(WEB, "client_id", mine.get("client_id")));
                assertThat(answer.status()).as(method).isEqualTo(401);
                assertThat(json(answer)).containsEntry("error", "invalid_token");
                assertThat(answer.headers()).containsKey("WWW-Authenticate");
            }
            for (String id : List.of("operators", "nobody", "a/b", "")) {
                assertThat(manage(method, Map.of("client_id", id), fresh, Map.of("client_id", id))
                                .status())
                        .isEqualTo(401);
            }
        }
        assertThat(manage("GET", mine, fresh, Map.of()).status()).isEqualTo(200);
    }

    @Test
    public void theSecretFollowsWhatTheClientBecomes() throws Exception {
        Map<String, Object> client = registered(with(WEB, "token_endpoint_auth_method", "none"));
        Map<String, Object> confidential =
                json(manage("PUT", client, token(client), with(WEB, "client_id", client.get("client_id"))));
        assertThat(confidential).containsKey("client_secret");
        Map<String, Object> signing = json(manage(
                "PUT",
                client,
                token(confidential),
                with(WEB, "client_id", client.get("client_id"), "token_endpoint_auth_method", "client_secret_jwt")));
        assertThat(clients.signingSecrets("oidc", (String) client.get("client_id")))
                .containsExactly((String) signing.get("client_secret"));
    }

    @Test
    public void withoutAnAuditLogNothingIsRegistered() throws Exception {
        audit.breakDown();
        assertThat(post(WEB).status()).isEqualTo(503);
        assertThat(clients.list("oidc", "", 10).items()).isEmpty();
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.oauth.Badges;
import org.latchkey.itest.oauth.Clients;
import org.latchkey.itest.oauth.Party;
import org.latchkey.itest.oauth.Party.Answer;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/**
 * Token exchange (RFC 8693) from outside: somebody signs in to a web application, that calls a gateway with the token, and the
 * gateway exchanges it to call a server behind it.
 */
public class OAuthExchangeIT {

    private static final String PLUGIN = "org.latchkey.grant.exchange";
    private static final String TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String PASSWORD = "correct horse battery";
    private static final String CALLBACK = "https://app.example.org/cb";
    private static final String GATEWAY = "https://gw.example.org/";
    private static final String API = "https://api.example.org/";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.oauth-one", "latchkey.mount=\"oidc\"", "scopes=[\"read\",\"write\"]")
            .withEtc("latchkey.oauth-two", "latchkey.mount=\"two\"", "scopes=[\"read\",\"write\"]");

    private final String base = "http://127.0.0.1:" + server.port();
    private final String issuer = base + "/oidc";
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final Browser browser = new Browser(base);
    private final Party web = confidential("web");
    private final Party gateway = confidential("gateway");
    private final Party api = confidential("api");

    @BeforeClass
    public static void deploy() {
        String exchange = "\"grant_types\", List.of(\"" + TYPE + "\", \"client_credentials\")";
        String resources = ", \"resources\", List.of(\"" + GATEWAY + "\")";
        String audiences = ", \"exchange_audiences\", List.of(\"" + API + "\", \"api\")";
        server.deploy(Server.shipped("org.latchkey.oauth"));
        server.deploy(Server.shipped(PLUGIN));
        server.deploy(new Clients()
                .with(
                        "web",
                        "\"redirect_uris\", List.of(\"" + CALLBACK + "\"),"
                                + " \"grant_types\", List.of(\"authorization_code\", \"refresh_token\", \"urn:example:may-act\")")
                .with(
                        "gateway",
                        exchange + resources + audiences
                                + ", \"scope\", \"read write\", \"exchange_actors\", List.of(\"batch\")")
                .with("narrow", exchange + resources + audiences + ", \"scope\", \"read\"")
                .with("closed", exchange + resources)
                .with("elsewhere", exchange + audiences)
                .with("open", exchange + resources + audiences + ", \"token_endpoint_auth_method\", \"none\"")
                .with("batch", "\"grant_types\", List.of(\"client_credentials\")")
                .with(
                        "api",
                        "\"grant_types\", List.of(\"" + TYPE + "\"), \"resources\", List.of(\"" + API
                                + "\"), \"exchange_audiences\", List.of(\"https://last.example.org/\")")
                .with("last", "\"resources\", List.of(\"https://last.example.org/\")")
                .jar());
        server.deploy(
                PluginJar.named("org.example.mayact").source("MayAct", MAY_ACT).build());
        Http root = server.root();
        await(
                60,
                () -> root.serves("org.latchkey.oauth")
                        && root.serves(PLUGIN)
                        && root.serves("org.example.clients")
                        && root.serves("org.example.mayact"));
    }

    /** A careless grant: its tokens name who may act, are good for whatever and as long as one likes, for whomever one says. */
    private static final String MAY_ACT = """
            import java.time.*;
            import org.latchkey.api.oauth.*;
            @Component
            public final class MayAct implements Grant {
                @Override public String type() { return "urn:example:may-act"; }
                @Override public Granted grant(TokenRequest request) {
                    Optional<Basis> subject = request.text("subject").map(Subject::new);
                    if (subject.isPresent()) {
                        return new Granted(subject.get(), Set.of(request.text("scope").orElseThrow()), List.of(), true,
                                Optional.of(Duration.ofDays(1)), Map.of(), Map.of());
                    }
                    String name = request.text("name").orElseThrow();
                    Owner owner = new Owner(new Principal(name, "directory", Set.of(), Set.of()), Claims.NONE, "", Instant.now());
                    Map<String, Object> claims = new HashMap<>(Map.of("authz", "forged", "sub", "root"));
                    request.text("actor").ifPresent(actor -> claims.put("may_act", Map.of("sub", actor)));
                    return new Granted(owner, Set.of("read"), List.of("%s"), false,
                            request.text("life").map(Long::valueOf).map(Duration::ofSeconds), claims, Map.of());
                }
            }
            """.formatted(GATEWAY);

    @Before
    public void createPerson() {
        assertThat(server.root()
                        .post("/api/v1/entities", Map.of("id", ada, "secret", PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    private Party confidential(String id) {
        return new Party(issuer, id, Optional.of(Clients.SECRET), CALLBACK);
    }

    /** Tokens of the web application, meant for the gateway. */
    private Answer signedIn(String scope) {
        String code = web.code(browser, Map.of("scope", scope, "resource", GATEWAY), ada, PASSWORD);
        Answer tokens = web.redeem(code, Map.of());
        assertThat(tokens.status()).as(tokens.json().toString()).isEqualTo(200);
        return tokens;
    }

    private static Answer exchange(Party party, String token, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", TYPE, "subject_token", token, "subject_token_type", ACCESS_TOKEN, "resource", API));
        form.putAll(more);
        form.values().removeIf(String::isEmpty);
        return party.post("/token", form);
    }

    private static String exchanged(Party party, String token, Map<String, String> more) {
        Answer answer = exchange(party, token, more);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.text("access_token");
    }

    private static String error(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
        return answer.text("error");
    }

    private JsonNode introspected(String token) {
        return api.post("/introspect", Map.of("token", token)).json();
    }

    private boolean isActive(String token) {
        return introspected(token).path("active").asBoolean();
    }

    private String own(String client) {
        return confidential(client)
                .post("/token", Map.of("grant_type", "client_credentials"))
                .text("access_token");
    }

    private String mayAct(Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "urn:example:may-act", "name", ada));
        form.putAll(more);
        Answer answer = web.post("/token", form);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.text("access_token");
    }

    @Test
    public void rfc8693_aTokenIsExchangedForOneOfLess() {
        String subject = signedIn("openid profile read write").text("access_token");
        Answer answer = exchange(gateway, subject, Map.of("scope", "read", "requested_token_type", ACCESS_TOKEN));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        assertThat(answer.text("issued_token_type")).isEqualTo(ACCESS_TOKEN);
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.text("scope")).isEqualTo("read");
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(answer.json().has("id_token")).isFalse();
        JsonNode told = introspected(answer.text("access_token"));
        assertThat(told.path("active").asBoolean()).as(told.toString()).isTrue();
        assertThat(told.path("sub").asText()).isEqualTo(ada);
        assertThat(told.path("client_id").asText()).isEqualTo("gateway");
        assertThat(told.path("aud").asText()).isEqualTo(API);
        assertThat(told.has("act") || told.has("origin") || told.has("authz")).isFalse();
        assertThat(told.path("exp").asLong())
                .isLessThanOrEqualTo(Party.claims(subject).path("exp").asLong());
        assertThat(web.userInfo(answer.text("access_token")).status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    public void rfc8693_withoutAScopeItIsWhatTheClientMayHaveOfTheSubjects() {
        String subject = signedIn("openid profile read write").text("access_token");
        assertThat(exchange(gateway, subject, Map.of()).text("scope")).isEqualTo("read write");
        assertThat(exchange(confidential("narrow"), subject, Map.of()).text("scope"))
                .isEqualTo("read");
    }

    @Test
    public void O_21_anAudienceThatIsNotAllowed() {
        String subject = signedIn("openid read").text("access_token");
        for (Map<String, String> target : List.of(
                Map.of("resource", "https://other.example.org/"),
                Map.of("audience", "other"),
                Map.of("resource", "relative"),
                Map.of("resource", API + "#part"))) {
            assertThat(error(exchange(gateway, subject, target)))
                    .as("" + target)
                    .isEqualTo("invalid_target");
        }
        assertThat(error(exchange(gateway, subject, Map.of("resource", "")))).isEqualTo("invalid_request");
        assertThat(exchange(gateway, subject, Map.of("resource", "", "audience", "api"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    public void O_21_aClientThatNothingIsAllowedGetsNothing() {
        String subject = signedIn("openid read").text("access_token");
        assertThat(error(exchange(confidential("closed"), subject, Map.of()))).isEqualTo("invalid_target");
    }

    @Test
    public void O_21_moreScopeThanTheSubjectHas() {
        String subject = signedIn("openid profile read").text("access_token");
        assertThat(error(exchange(gateway, subject, Map.of("scope", "write")))).isEqualTo("invalid_scope");
        assertThat(error(exchange(gateway, subject, Map.of("scope", "openid")))).isEqualTo("invalid_scope");
        String ofMore = signedIn("openid read write").text("access_token");
        assertThat(error(exchange(confidential("narrow"), ofMore, Map.of("scope", "write"))))
                .isEqualTo("invalid_scope");
    }

    @Test
    public void O_21_anExpiredSubject() {
        String subject = mayAct(Map.of("life", "1"));
        await(30, () -> exchange(gateway, subject, Map.of()).status() == 400);
        assertThat(error(exchange(gateway, subject, Map.of()))).isEqualTo("invalid_request");
    }

    @Test
    public void O_21_aSubjectOfAnotherIssuer() {
        Party atTwo = new Party(base + "/two", "batch", Optional.of(Clients.SECRET), CALLBACK);
        String foreign =
                atTwo.post("/token", Map.of("grant_type", "client_credentials")).text("access_token");
        assertThat(foreign).isNotEmpty();
        assertThat(error(exchange(gateway, foreign, Map.of()))).isEqualTo("invalid_request");
    }

    @Test
    public void O_21_aSubjectThatIsNoAccessToken() {
        Answer tokens = signedIn("openid read");
        for (String wrong : new String[] {tokens.text("id_token"), tokens.text("refresh_token"), "x", "a.b.c"}) {
            assertThat(error(exchange(gateway, wrong, Map.of()))).isEqualTo("invalid_request");
        }
        String token = tokens.text("access_token");
        String idToken = "urn:ietf:params:oauth:token-type:id_token";
        assertThat(error(exchange(gateway, token, Map.of("subject_token_type", idToken))))
                .isEqualTo("invalid_request");
        assertThat(error(exchange(gateway, token, Map.of("subject_token_type", ""))))
                .isEqualTo("invalid_request");
        assertThat(error(exchange(gateway, "", Map.of()))).isEqualTo("invalid_request");
        assertThat(error(exchange(gateway, token, Map.of("requested_token_type", idToken))))
                .isEqualTo("invalid_request");
    }

    @Test
    public void O_21_aSubjectThatIsNotMeantForTheClient() {
        String subject = signedIn("openid read").text("access_token");
        assertThat(error(exchange(confidential("elsewhere"), subject, Map.of())))
                .isEqualTo("invalid_request");
        assertThat(error(exchange(gateway, own("gateway"), Map.of()))).isEqualTo("invalid_request");
    }

    @Test
    public void O_21_aClientThatCannotProveWhoItIs() {
        String subject = signedIn("openid read").text("access_token");
        Party open = new Party(issuer, "open", Optional.empty(), CALLBACK);
        assertThat(error(exchange(open, subject, Map.of()))).isEqualTo("unauthorized_client");
        assertThat(error(exchange(web, subject, Map.of()))).isEqualTo("unauthorized_client");
    }

    @Test
    public void O_21_mayActMissing() {
        String subject = signedIn("openid read").text("access_token");
        Map<String, String> batch = Map.of("actor_token", own("batch"), "actor_token_type", ACCESS_TOKEN);
        assertThat(error(exchange(confidential("narrow"), subject, batch))).isEqualTo("invalid_request");
        JsonNode told = introspected(exchanged(gateway, subject, batch));
        assertThat(told.path("sub").asText()).isEqualTo(ada);
        assertThat(told.path("act").path("sub").asText()).isEqualTo("batch");
        assertThat(error(exchange(gateway, subject, Map.of("actor_token", own("batch")))))
                .isEqualTo("invalid_request");
        Map<String, String> person = Map.of("actor_token", subject, "actor_token_type", ACCESS_TOKEN);
        assertThat(error(exchange(gateway, subject, person))).isEqualTo("invalid_request");
    }

    @Test
    public void O_21_mayActNamesWhoMayAndNobodyElse() {
        Map<String, String> batch = Map.of("actor_token", own("batch"), "actor_token_type", ACCESS_TOKEN);
        Party narrow = confidential("narrow");
        String forBatch = mayAct(Map.of("actor", "batch"));
        assertThat(Party.claims(forBatch).path("sub").asText()).isEqualTo(ada);
        JsonNode told = introspected(exchanged(narrow, forBatch, batch));
        assertThat(told.path("act").path("sub").asText()).isEqualTo("batch");
        assertThat(error(exchange(narrow, forBatch, Map.of()))).isEqualTo("invalid_request");
        assertThat(error(exchange(gateway, mayAct(Map.of("actor", "somebody")), batch)))
                .isEqualTo("invalid_request");
    }

    @Test
    public void rfc8693_itEndsWithTheSubjectAtTheLatest() {
        String subject = mayAct(Map.of("life", "100"));
        Answer answer = exchange(gateway, subject, Map.of());
        assertThat(answer.json().path("expires_in").asInt()).isBetween(1, 100);
        assertThat(Party.claims(answer.text("access_token")).path("exp").asLong())
                .isLessThanOrEqualTo(Party.claims(subject).path("exp").asLong());
    }

    @Test
    public void rfc8693_theChainOfThoseWhoActIsKept() {
        Map<String, String> batch = Map.of("actor_token", own("batch"), "actor_token_type", ACCESS_TOKEN);
        String first = exchanged(gateway, signedIn("openid read").text("access_token"), batch);
        String second = exchanged(api, first, Map.of("resource", "https://last.example.org/"));
        JsonNode told = confidential("last")
                .post("/introspect", Map.of("token", second))
                .json();
        assertThat(told.path("active").asBoolean()).as(told.toString()).isTrue();
        assertThat(told.path("act").path("sub").asText()).isEqualTo("batch");
        assertThat(told.path("client_id").asText()).isEqualTo("api");
        gateway.post("/revoke", Map.of("token", first));
        assertThat(confidential("last")
                        .post("/introspect", Map.of("token", second))
                        .json()
                        .path("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    public void itEndsWhenTheSubjectsAuthorizationIsTakenBack() {
        Answer tokens = signedIn("openid read");
        String exchanged = exchanged(gateway, tokens.text("access_token"), Map.of());
        assertThat(isActive(exchanged)).isTrue();
        web.post("/revoke", Map.of("token", tokens.text("refresh_token")));
        assertThat(isActive(exchanged)).isFalse();
        assertThat(error(exchange(gateway, tokens.text("access_token"), Map.of())))
                .isEqualTo("invalid_request");
    }

    @Test
    public void itEndsWhenTheSubjectTokenIsTakenBack() {
        String subject = signedIn("openid read").text("access_token");
        String exchanged = exchanged(gateway, subject, Map.of());
        web.post("/revoke", Map.of("token", subject));
        assertThat(isActive(exchanged)).isFalse();
    }

    @Test
    public void itEndsWhenThePersonSignsOut() {
        String exchanged = exchanged(gateway, signedIn("openid read").text("access_token"), Map.of());
        browser.post("/logout", browser.get("/logout").hidden());
        await(30, () -> !isActive(exchanged));
    }

    @Test
    public void O_19_itEndsWhenThePersonIsLocked() {
        String subject = signedIn("openid read").text("access_token");
        String exchanged = exchanged(gateway, subject, Map.of());
        server.root().post("/api/v1/entities/" + ada + "/lock", "");
        assertThat(isActive(exchanged)).isFalse();
        assertThat(error(exchange(gateway, subject, Map.of()))).isEqualTo("invalid_request");
    }

    @Test
    public void O_20_itEndsWhenWhatVouchesForThePersonIsTakenOut() {
        Badges badges = Badges.deployed(server, PASSWORD);
        String code =
                web.code(browser, Map.of("scope", "openid read", "resource", GATEWAY), "guest-of-" + ada, PASSWORD);
        String subject = web.redeem(code, Map.of()).text("access_token");
        String exchanged = exchanged(gateway, subject, Map.of());
        assertThat(isActive(exchanged)).isTrue();
        badges.takeOut();
        assertThat(isActive(exchanged)).isFalse();
        assertThat(error(exchange(gateway, subject, Map.of()))).isEqualTo("invalid_request");
    }

    @Test
    public void theGrantComesAndGoesWithItsPlugin() {
        String subject = signedIn("openid read").text("access_token");
        server.undeploy(server.deploy().resolve(Server.shipped(PLUGIN).getFileName()));
        await(30, () -> !discovery().contains(TYPE));
        assertThat(error(exchange(gateway, subject, Map.of()))).isEqualTo("unsupported_grant_type");
        server.deploy(Server.shipped(PLUGIN));
        await(30, () -> discovery().contains(TYPE));
        await(30, () -> exchange(gateway, subject, Map.of()).status() == 200);
    }

    @Test
    public void aCarelessGrantGivesNobodyMoreThanTheyHave() {
        String subject = signedIn("openid read").text("access_token");
        assertThat(error(careless(web, Map.of("subject", subject, "scope", "write"))))
                .isEqualTo("invalid_scope");
        assertThat(error(careless(web, Map.of("subject", subject, "scope", "openid"))))
                .isEqualTo("invalid_scope");
        assertThat(error(careless(web, Map.of("subject", "none", "scope", "read"))))
                .isEqualTo("invalid_grant");
        Answer answer = careless(web, Map.of("subject", subject, "scope", "read"));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(Party.claims(answer.text("access_token")).path("exp").asLong())
                .isLessThanOrEqualTo(Party.claims(subject).path("exp").asLong());
        Party staffed = staffed();
        assertThat(error(careless(staffed, Map.of("name", ada)))).isEqualTo("access_denied");
        assertThat(error(careless(staffed, Map.of("subject", subject, "scope", "read"))))
                .isEqualTo("access_denied");
        server.root().post("/api/v1/entities/" + ada + "/lock", "");
        assertThat(error(careless(web, Map.of("name", ada)))).isEqualTo("invalid_grant");
    }

    private static Answer careless(Party party, Map<String, String> parameters) {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("grant_type", "urn:example:may-act");
        return party.post("/token", form);
    }

    /** A client that only some people may use. */
    private Party staffed() {
        Http.Answer made = server.root()
                .post(
                        "/oidc/clients",
                        Map.of(
                                "client_id", "staffed" + ada,
                                "response_types", List.of(),
                                "grant_types", List.of("urn:example:may-act"),
                                "groups", List.of("staff" + ada)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return new Party(
                issuer,
                "staffed" + ada,
                Optional.of(made.json().path("client_secret").asText()),
                CALLBACK);
    }

    private String discovery() {
        return web.get("/.well-known/openid-configuration").json().toString();
    }
}

package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.oauth.Json;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

public class ClientsEndpointTest {

    private static final String SHOP = "{\"client_id\":\"shop\",\"redirect_uris\":[\"https://shop.example/cb\"],"
            + "\"client_name\":\"Shop\",\"trusted\":true,\"groups\":[\"staff\"]}";

    private final MemoryAudit audit = new MemoryAudit();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final StoredClients clients = new StoredClients(new MemoryStore(), clock);
    private String published = "[]";
    private final ClientsEndpoint endpoint = new ClientsEndpoint(
            clients,
            TestOffers.all().issuer(),
            TestOffers::all,
            new SectorIdentifier(uri -> published),
            new Operators(new TwoTokens()),
            new ClientAudit(audit, "oidc"),
            clock);

    private Response ask(String method, String path, String json) throws IOException {
        Asked asked = Asked.of(method, path).withBearer("root");
        return endpoint.handle(json.isEmpty() ? asked : asked.withJson(json));
    }

    private static Map<String, Object> json(Response response) {
        return Json.object(new String(response.body(), StandardCharsets.UTF_8)).orElseThrow();
    }

    private Refusal refused(String method, String path, String json) {
        Refusal[] refusal = new Refusal[1];
        assertThatExceptionOfType(Refusal.class)
                .as(method + " " + path + " " + json)
                .isThrownBy(() -> ask(method, path, json))
                .satisfies(no -> refusal[0] = no);
        return refusal[0];
    }

    private void refuses(String pointer, String json) {
        Refusal refusal = refused("POST", "/clients", json);
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
        assertThat(refusal.pointer()).as(json).isEqualTo(pointer);
    }

    @Test
    public void aClientIsMadeReadChangedListedAndTakenAway() throws Exception {
        Response made = ask("POST", "/clients", SHOP);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers())
                .containsEntry("Location", "/oidc/clients/shop")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("ETag", "\"1\"");
        String secret = (String) json(made).get("client_secret");
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).containsExactly(Secrets.hash(secret));

        Response read = ask("GET", "/clients/shop", "");
        assertThat(json(read))
                .containsEntry("client_id", "shop")
                .containsEntry("client_id_issued_at", (int) clock.instant().getEpochSecond())
                .containsEntry("client_name", "Shop")
                .containsEntry("trusted", true)
                .containsEntry("groups", List.of("staff"))
                .containsEntry("client_secrets", 1)
                .containsEntry("grant_types", List.of("authorization_code"))
                .doesNotContainKey("client_secret");

        Response back = ask("PUT", "/clients/shop", new String(read.body(), StandardCharsets.UTF_8));
        assertThat(back.status()).isEqualTo(200);
        assertThat(json(back)).isEqualTo(json(read));

        assertThat(json(ask("PUT", "/clients/shop", "{\"redirect_uris\":[\"https://shop.example/2\"]}")))
                .containsEntry("trusted", false)
                .containsEntry("groups", List.of())
                .doesNotContainKey("client_name")
                .doesNotContainKey("client_secret");
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).containsExactly(Secrets.hash(secret));

        assertThat(ask("DELETE", "/clients/shop", "").status()).isEqualTo(204);
        assertThat(json(ask("GET", "/clients", ""))).isEqualTo(Map.of("clients", List.of()));
        assertThat(audit.events())
                .extracting(AuditEvent::type)
                .containsExactly(
                        "oauth.client.created", "oauth.client.changed", "oauth.client.changed", "oauth.client.deleted");
        assertThat(audit.last().actor() + " " + audit.last().subject()).isEqualTo("root shop");
        assertThat(audit.events().toString()).doesNotContain(secret);
    }

    @Test
    public void aPutMakesOneOfThatIdAndWithIfMatchOnlyWhatWasRead() throws Exception {
        assertThat(ask("PUT", "/clients/shop", SHOP).status()).isEqualTo(201);
        Asked put = Asked.of("PUT", "/clients/shop").withBearer("root").withJson(SHOP);
        assertThat(endpoint.handle(put.withHeader("If-Match", "\"1\"")).headers())
                .containsEntry("ETag", "\"2\"");
        assertThat(endpoint.handle(put.withHeader("If-Match", "\"1\"")).status())
                .isEqualTo(412);
        assertThat(endpoint.handle(put.withHeader("If-Match", "*")).status()).isEqualTo(200);
        Asked other = Asked.of("PUT", "/clients/new")
                .withBearer("root")
                .withJson("{\"redirect_uris\":[\"https://shop.example/cb\"]}");
        assertThat(endpoint.handle(other.withHeader("If-Match", "*")).status()).isEqualTo(412);
        assertThat(endpoint.handle(other.withHeader("If-Match", "\"1\"")).status())
                .isEqualTo(412);
        assertThat(refused("PUT", "/clients/other", SHOP).pointer()).isEqualTo("/client_id");
        assertThat(refused("POST", "/clients", SHOP).kind()).isEqualTo(Refusal.Kind.EXISTS);
    }

    @Test
    public void anIdIsMadeIfNoneIsSaid() throws Exception {
        Response made = ask("POST", "/clients", "{\"redirect_uris\":[\"https://shop.example/cb\"]}");
        String id = (String) json(made).get("client_id");
        assertThat(made.headers()).containsEntry("Location", "/oidc/clients/" + id);
        assertThat(clients.find("oidc", id)).isPresent();
    }

    @Test
    public void theListComesInPages() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            ask("PUT", "/clients/" + id, "{\"grant_types\":[\"client_credentials\"]}");
        }
        Asked list = Asked.of("GET", "/clients").withBearer("root").withQuery("limit", "2");
        Map<String, Object> first = json(endpoint.handle(list));
        assertThat(first).containsEntry("next", "b");
        Map<String, Object> second = json(endpoint.handle(list.withQuery("cursor", "b")));
        assertThat((List<?>) second.get("clients")).hasSize(1);
        assertThat(second).doesNotContainKey("next");
        for (String bad : List.of("0", "1001", "x", "-1", "99999")) {
            assertThatExceptionOfType(Refusal.class).isThrownBy(() -> endpoint.handle(list.withQuery("limit", bad)));
        }
    }

    @Test
    public void aSecretIsChangedWithAnOverlap() throws Exception {
        String one = (String) json(ask("POST", "/clients", SHOP)).get("client_secret");
        Map<String, Object> changed = json(ask("POST", "/clients/shop/secret", "{\"overlap_seconds\":60}"));
        String two = (String) changed.get("client_secret");
        assertThat(changed).containsEntry("client_secrets", 2).containsEntry("client_secret_expires_at", 0);
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes())
                .containsExactly(Secrets.hash(two), Secrets.hash(one));
        clock.advance(Duration.ofSeconds(60));
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).containsExactly(Secrets.hash(two));
        String three = (String) json(ask("POST", "/clients/shop/secret", "")).get("client_secret");
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).containsExactly(Secrets.hash(three));
        assertThat(audit.last().type()).isEqualTo("oauth.client.secret");

        for (String bad : List.of("{\"overlap_seconds\":-1}", "{\"overlap_seconds\":\"1\"}", "{\"x\":1}", "[]")) {
            assertThat(refused("POST", "/clients/shop/secret", bad).kind()).isEqualTo(Refusal.Kind.INVALID);
        }
        assertThat(endpoint.handle(Asked.of("POST", "/clients/shop/secret")
                                .withBearer("root")
                                .withHeader("Content-Type", "application/x-www-form-urlencoded"))
                        .status())
                .isEqualTo(415);
        ask("PUT", "/clients/shop", SHOP.replace("{", "{\"token_endpoint_auth_method\":\"none\","));
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).isEmpty();
        assertThat(refused("POST", "/clients/shop/secret", "").code()).isEqualTo("no-secret");
    }

    @Test
    public void whatIsWrongIsSaidWithAPointer() throws Exception {
        refuses("", "[]");
        refuses("", "{\"a\":1,\"a\":2}");
        refuses("/redirect_uris", "{}");
        refuses("/redirect_uris/0", SHOP.replace("https:", "http:"));
        refuses("/client_id", SHOP.replace("\"shop\"", "\"a/b\""));
        refuses("/client_id", SHOP.replace("\"shop\"", "\"initial-access-tokens\""));
        refuses("/client_id", SHOP.replace("\"shop\"", "7"));
        refuses("/trusted", SHOP.replace("true", "\"true\""));
        refuses("/groups", SHOP.replace("[\"staff\"]", "\"staff\""));
        refuses("/groups", SHOP.replace("[\"staff\"]", "[\"a\",\"a\"]"));
        refuses("/client_secret", SHOP.replace("{", "{\"client_secret\":\"mine\","));
        refuses("/a~1b", SHOP.replace("{", "{\"a/b\":1,"));
        refuses(
                "/sector_identifier_uri",
                SHOP.replace("{", "{\"sector_identifier_uri\":\"https://shop.example/s.json\","));
        published = "[\"https://shop.example/cb\",\"https://shop.example/cb2\"]";
        ask("POST", "/clients", SHOP.replace("{", "{\"sector_identifier_uri\":\"https://shop.example/s.json\","));
        Refusal two = refused("POST", "/clients", "{\"redirect_uris\":[\"x\"],\"scope\":\"admin\"}");
        assertThat(two.getMessage()).contains("/redirect_uris/0: ").contains("/scope: ");
    }

    @Test
    public void onlyRootMay() {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            for (String path : List.of("/clients", "/clients/shop", "/clients/shop/secret", "/clients/a/b/c")) {
                refusesTo("", Refusal.Kind.UNAUTHENTICATED, method, path);
                refusesTo("Bearer x", Refusal.Kind.UNAUTHENTICATED, method, path);
                refusesTo("Basic root", Refusal.Kind.UNAUTHENTICATED, method, path);
                refusesTo("Bearer ada", Refusal.Kind.DENIED, method, path);
            }
        }
        assertThat(clients.list("oidc", "", 10).items()).isEmpty();
    }

    private void refusesTo(String authorization, Refusal.Kind kind, String method, String path) {
        Asked asked = Asked.of(method, path).withJson(SHOP);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> endpoint.handle(
                        authorization.isEmpty() ? asked : asked.withHeader("Authorization", authorization)))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    @Test
    public void methodsTypesAndPathsThatAreNotThere() throws Exception {
        ask("POST", "/clients", SHOP);
        assertThat(ask("DELETE", "/clients", "").headers()).containsEntry("Allow", "GET, HEAD, POST");
        assertThat(ask("POST", "/clients/shop", SHOP).headers()).containsEntry("Allow", "GET, HEAD, PUT, DELETE");
        assertThat(ask("GET", "/clients/shop/secret", "").headers()).containsEntry("Allow", "POST");
        for (String method : List.of("POST", "PUT")) {
            String path = method.equals("POST") ? "/clients" : "/clients/shop";
            assertThat(endpoint.handle(Asked.of(method, path).withBearer("root"))
                            .status())
                    .isEqualTo(415);
        }
        for (String path : List.of("/clients/", "/clients/none", "/clients/shop/x", "/clients/a/b/c")) {
            assertThat(refused("GET", path, "").kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        }
        assertThat(refused("DELETE", "/clients/none", "").kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused("POST", "/clients/none/secret", "").kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    @Test
    public void withoutAnAuditLogNothingIsChanged() throws Exception {
        audit.breakDown();
        assertThat(refused("POST", "/clients", SHOP).kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
        assertThat(clients.find("oidc", "shop")).isEmpty();
        audit.repair();
        ask("POST", "/clients", SHOP);
        audit.breakDown();
        refused("DELETE", "/clients/shop", "");
        refused("POST", "/clients/shop/secret", "");
        refused("PUT", "/clients/shop", SHOP.replace("Shop", "Sold"));
        assertThat(clients.stored("oidc", "shop").orElseThrow().version()).isEqualTo(1);
        assertThat(clients.find("oidc", "shop").orElseThrow().groups()).isEqualTo(Set.of("staff"));
    }
}

package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;
import org.latchkey.api.Capability;
import org.latchkey.api.Group;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.testkit.MemoryPlugins;

/** Who may use which route. A route that is not in this table fails the test. */
public class AccessTest {

    /** What each route answers to: no valid token, the entity "nobody" without capabilities, root. */
    private record Row(String body, int without, int nobody, int root) {}

    private static final String SIGN_IN = "{\"id\":\"root\",\"secret\":\"secret-root\"}";
    private static final Map<String, Map<String, List<String>>> QUERIES = Map.of(
            "DELETE /entities/{id}/keys", Map.of("type", List.of("SSH"), "key", List.of("old")),
            "DELETE /notices/dead", Map.of("notifier", List.of(FakeNotices.MAIL)));
    private static final Map<String, Row> TABLE = new LinkedHashMap<>();

    static {
        row("POST /auth/check", SIGN_IN, 204, 204, 204);
        row("POST /auth/token", SIGN_IN, 200, 200, 200);
        row("POST /auth/validate", "{\"token\":\"token-root\"}", 200, 200, 200);

        row("GET /entities", "", 401, 403, 200);
        row("POST /entities", "{\"id\":\"new\"}", 401, 403, 201);
        row("GET /entities/{id}", "", 401, 403, 200);
        row("PATCH /entities/{id}", "{\"meta\":{}}", 401, 403, 200);
        row("DELETE /entities/{id}", "", 401, 403, 204);
        row("PUT /entities/{id}/secret", "{\"secret\":\"new secret\"}", 401, 403, 204);
        row("POST /entities/{id}/lock", "", 401, 403, 200);
        row("POST /entities/{id}/unlock", "", 401, 403, 200);
        row("GET /entities/{id}/groups", "", 401, 403, 200);

        row("GET /groups", "", 401, 403, 200);
        row("POST /groups", "{\"name\":\"new\"}", 401, 403, 201);
        row("GET /groups/{name}", "", 401, 403, 200);
        row("PATCH /groups/{name}", "{\"display_name\":\"Staff\"}", 401, 403, 200);
        row("DELETE /groups/{name}", "", 401, 403, 204);
        row("GET /groups/{name}/members", "", 401, 403, 200);
        row("PUT /groups/{name}/members/{id}", "", 401, 403, 204);
        row("DELETE /groups/{name}/members/{id}", "", 401, 403, 204);

        row("GET /groups/{name}/managed", "", 401, 403, 200);
        row("GET /groups/{name}/rules", "", 401, 403, 200);
        row("PUT /groups/{name}/rules/{target}", "{\"rule\":\"exclude\"}", 401, 403, 204);
        row("DELETE /groups/{name}/rules/{target}", "", 401, 403, 204);

        row("GET /entities/{id}/keys", "", 401, 403, 200);
        row("POST /entities/{id}/keys", "{\"type\":\"SSH\",\"key\":\"new\"}", 401, 403, 201);
        row("DELETE /entities/{id}/keys", "", 401, 403, 204);

        row("GET /entities/{id}/kv", "", 401, 403, 200);
        row("POST /entities/{id}/kv", "{\"key\":\"new\",\"value\":\"x\"}", 401, 403, 201);
        row("GET /entities/{id}/kv/{key}", "", 401, 403, 200);
        row("PUT /entities/{id}/kv/{key}", "{\"value\":\"x\"}", 401, 403, 204);
        row("DELETE /entities/{id}/kv/{key}", "", 401, 403, 204);
        row("GET /groups/{name}/kv", "", 401, 403, 200);
        row("POST /groups/{name}/kv", "{\"key\":\"new\",\"value\":\"x\"}", 401, 403, 201);
        row("GET /groups/{name}/kv/{key}", "", 401, 403, 200);
        row("PUT /groups/{name}/kv/{key}", "{\"value\":\"x\"}", 401, 403, 204);
        row("DELETE /groups/{name}/kv/{key}", "", 401, 403, 204);

        row("GET /entities/{id}/capabilities", "", 401, 403, 200);
        row("GET /groups/{name}/capabilities", "", 401, 403, 200);
        row("PUT /entities/{id}/capabilities/{cap}", "", 401, 403, 204);
        row("DELETE /entities/{id}/capabilities/{cap}", "", 401, 403, 204);
        row("PUT /groups/{name}/capabilities/{cap}", "", 401, 403, 204);
        row("DELETE /groups/{name}/capabilities/{cap}", "", 401, 403, 204);

        row("POST /import", "{\"kind\":\"group\",\"name\":\"g\"}", 401, 403, 200);
        row("GET /export", "", 401, 403, 200);

        row("GET /plugins", "", 401, 403, 200);
        row("POST /plugins", "a jar", 401, 403, 201);
        row("POST /plugins/check", "a jar", 401, 403, 200);
        row("GET /plugins/{name}", "", 401, 403, 200);
        row("DELETE /plugins/{name}", "", 401, 403, 204);

        row("POST /plugins/{name}/rollback", "", 401, 403, 200);
        row("POST /plugins/{name}/enable", "", 401, 403, 200);
        row("POST /plugins/{name}/disable", "", 401, 403, 204);
        row("GET /hooks", "", 401, 403, 200);
        row("POST /hooks/{extension}/quarantine", "{\"reason\":\"odd\"}", 401, 403, 204);
        row("POST /hooks/{extension}/release", "", 401, 403, 204);
        row("GET /audit", "", 401, 403, 200);
        row("GET /notices", "", 401, 403, 200);
        row("GET /notices/dead", "", 401, 403, 200);
        row("DELETE /notices/dead", "", 401, 403, 200);
        row("POST /notices/dead/replay", "{\"notifier\":\"org.mail.Main\"}", 401, 403, 200);
        row("POST /explain", "{\"operation\":\"authentication\",\"id\":\"alice\"}", 401, 403, 200);
        row("GET /system/status", "", 401, 403, 200);
        row("GET /openapi.json", "", 200, 200, 200);
    }

    private static void row(String route, String body, int without, int nobody, int root) {
        TABLE.put(route, new Row(body, without, nobody, root));
    }

    private static String key(Route route) {
        return route.method() + " " + route.template();
    }

    /** A world in which every route has something to work on. */
    private static TestApi api() {
        TestApi api = new TestApi();
        api.person("alice", Set.of());
        api.directory.entities.computeIfPresent(
                "alice", (id, alice) -> alice.withKv("k", List.of("v")).withKeys(Map.of("SSH", List.of("old"))));
        api.directory.groups.put("crew", Group.named("crew"));
        api.directory.groups.computeIfPresent(
                "staff", (id, staff) -> staff.withKv("k", List.of("v")).withRules(Map.of("crew", Group.Rule.INCLUDE)));
        api.plugins.with(MemoryPlugins.plugin("org.example.old", "1.0.0", "active", ""));
        api.points.add(DirectoryHook.class, "org.example", false, new DirectoryHook() {});
        return api;
    }

    private static FakeRequest request(Route route) {
        String name = route.template().startsWith("/plugins") ? "org.example.old" : "staff";
        String path = route.template()
                .replace("{id}", "alice")
                .replace("{name}", name)
                .replace("{extension}", "org.example.Main")
                .replace("{target}", "crew")
                .replace("{key}", "k")
                .replace("{cap}", "LOCK_ENTITY");
        FakeRequest bare =
                FakeRequest.of(route.method(), "/v1" + path).withQuery(QUERIES.getOrDefault(key(route), Map.of()));
        return route.accepts().isEmpty()
                ? bare
                : bare.withBody(route.accepts(), TABLE.get(key(route)).body());
    }

    @Test
    public void a01_everyRouteIsInTheTableAndTheTableHasNoOther() {
        Set<String> routes =
                api().endpoint.routes().stream().map(AccessTest::key).collect(Collectors.toSet());
        assertThat(TABLE.keySet()).isEqualTo(routes);
    }

    @Test
    public void a01_onlyTheDocumentedRolePasses() throws IOException {
        for (Route route : api().endpoint.routes()) {
            Row row = TABLE.get(key(route));
            FakeRequest request = request(route);
            assertStatus(route, "no token", api().send(request), row.without());
            assertStatus(route, "forged", api().as("root-but-forged", request), row.without());
            assertStatus(route, "nobody", api().as("nobody", request), row.nobody());
            assertStatus(route, "root", api().as("root", request), row.root());
        }
    }

    @Test
    public void a01_aTokenCountsInItsHeaderAlone() throws IOException {
        for (Route route : api().endpoint.routes()) {
            FakeRequest request = request(route)
                    .withQuery(Map.of("access_token", List.of("token-root"), "token", List.of("token-root")))
                    .withHeader("Cookie", "token=token-root")
                    .withHeader("X-Auth-Token", "token-root");
            assertStatus(
                    route,
                    "elsewhere",
                    api().send(request),
                    TABLE.get(key(route)).without());
        }
    }

    @Test
    public void a01_anotherSchemeOrAListOfTokensIsNoToken() throws IOException {
        FakeRequest request = FakeRequest.of("GET", "/v1/entities");
        for (String value : new String[] {
            "Basic token-root",
            "token-root",
            "Bearer",
            "Bearer ",
            "Bearer token-root, Bearer token-root",
            "Bearertoken-root"
        }) {
            assertThat(api().send(request.withHeader("Authorization", value)).status())
                    .as(value)
                    .isEqualTo(401);
        }
        assertThat(api().send(request.withHeader("Authorization", "bearer token-root"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    public void everybodyReadsThemselves() throws IOException {
        for (String path : new String[] {"", "/groups", "/kv", "/keys", "/capabilities"}) {
            FakeRequest own = FakeRequest.of("GET", "/v1/entities/nobody" + path);
            assertThat(api().as("nobody", own).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    public void whoeverHoldsACapabilityReadsOthers() throws IOException {
        TestApi api = api();
        api.person("clerk", Set.of(Capability.LOCK_ENTITY));
        for (String path : new String[] {"/entities", "/entities/alice", "/groups", "/groups/staff/members"}) {
            assertThat(api.as("clerk", FakeRequest.of("GET", "/v1" + path)).status())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(api.as("clerk", FakeRequest.of("GET", "/v1/plugins")).status())
                .isEqualTo(403);
    }

    @Test
    public void whoMayNotReadOthersDoesNotLearnWhetherTheyExist() throws IOException {
        for (String id : new String[] {"alice", "unknown"}) {
            assertThat(api().as("nobody", FakeRequest.of("GET", "/v1/entities/" + id))
                            .status())
                    .isEqualTo(403);
        }
    }

    private static void assertStatus(Route route, String who, TestApi.Reply reply, int status) {
        assertThat(reply.status())
                .as("%s as %s: %s", key(route), who, reply.text())
                .isEqualTo(status);
    }
}

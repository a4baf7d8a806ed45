package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Row 74: NetAuth's 35 operations, each at least once with success and once refused. */
public class NetAuthOperationsIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String SECRET = "correct horse battery staple";

    /** A request and what has to come back. {e} stands for an entity, {g} and {h} for groups, of this operation alone. */
    private record Ask(String who, String route, String query, String body, int status) {}

    /** Those of each operation; the first is a success, the last is refused. */
    private static final Map<String, List<Ask>> OPERATIONS = new LinkedHashMap<>();

    private static void operation(String name, Ask... asks) {
        OPERATIONS.put(name, List.of(asks));
    }

    private static Ask root(String route, String body, int status) {
        return new Ask("root", route, "", body, status);
    }

    private static Ask root(String route, String query, String body, int status) {
        return new Ask("root", route, query, body, status);
    }

    private static Ask nobody(String route, String body, int status) {
        return new Ask("nobody", route, "", body, status);
    }

    private static Ask stranger(String route, String body, int status) {
        return new Ask("", route, "", body, status);
    }

    private static String signIn(String secret) {
        return "{\"id\":\"{e}\",\"secret\":\"" + secret + "\"}";
    }

    static {
        operation(
                "AuthEntity",
                stranger("POST /auth/check", signIn(SECRET), 204),
                stranger("POST /auth/check", signIn("wrong"), 401));
        operation(
                "AuthGetToken",
                stranger("POST /auth/token", signIn(SECRET), 200),
                stranger("POST /auth/token", signIn("wrong"), 401));
        operation(
                "AuthValidateToken",
                stranger("POST /auth/validate", "{\"token\":\"{token}\"}", 200),
                stranger("POST /auth/validate", "{\"token\":\"x{token}\"}", 401));
        operation(
                "AuthChangeSecret",
                root("PUT /entities/{e}/secret", "{\"secret\":\"another of them\"}", 204),
                nobody("PUT /entities/{e}/secret", "{\"secret\":\"stolen by nobody\"}", 403));
        operation(
                "EntityCreate",
                root("POST /entities", "{\"id\":\"new-{e}\"}", 201),
                nobody("POST /entities", "{\"id\":\"newer-{e}\"}", 403),
                root("POST /entities", "{\"id\":\"{e}\"}", 409));
        operation(
                "EntityUpdate",
                root("PATCH /entities/{e}", "{\"meta\":{\"shell\":\"/bin/sh\"}}", 200),
                root("PATCH /entities/{e}", "{\"locked\":true}", 400));
        operation("EntityInfo", root("GET /entities/{e}", "", 200), root("GET /entities/no-{e}", "", 404));
        operation("EntitySearch", root("GET /entities", "?q={e}", "", 200), nobody("GET /entities", "", 403));
        operation(
                "EntityUM",
                root("PUT /entities/{e}/kv/phone{0}", "{\"value\":\"1\"}", 204),
                root("GET /entities/{e}/kv", "?name=phone", "", 200),
                root("DELETE /entities/{e}/kv/phone", "?fuzzy=true", "", 204),
                root("GET /entities/{e}/kv/phone{0}", "", 404),
                nobody("PUT /entities/{e}/kv/phone{0}", "{\"value\":\"1\"}", 403));
        keyValues("Entity", "/entities/{e}");
        operation(
                "EntityKeys",
                root("POST /entities/{e}/keys", "{\"type\":\"SSH\",\"key\":\"a b+c\"}", 201),
                root("GET /entities/{e}/keys", "?type=SSH", "", 200),
                root("DELETE /entities/{e}/keys", "?type=SSH&key=a", "", 404),
                root("DELETE /entities/{e}/keys", "?type=SSH&key=a%20b%2Bc", "", 204),
                nobody("POST /entities/{e}/keys", "{\"type\":\"SSH\",\"key\":\"a b+c\"}", 403),
                root("DELETE /entities/{e}/keys", "?type=SSH&key=a%20b%2Bc", "", 404));
        operation("EntityDestroy", root("DELETE /entities/{e}", "", 204), root("DELETE /entities/{e}", "", 404));
        operation("EntityLock", root("POST /entities/{e}/lock", "", 200), nobody("POST /entities/{e}/lock", "", 403));
        operation(
                "EntityUnlock",
                root("POST /entities/{e}/unlock", "", 200),
                root("POST /entities/no-{e}/unlock", "", 404));
        operation(
                "EntityGroups",
                root("GET /entities/{e}/groups", "", 200),
                root("GET /entities/no-{e}/groups", "", 404));
        groups();
        system();
    }

    private static void keyValues(String kind, String owner) {
        operation(
                kind + "KVGet",
                root("GET " + owner + "/kv/k", "", 200),
                root("GET " + owner + "/kv", "", 200),
                root("GET " + owner + "/kv/none", "", 404));
        operation(
                kind + "KVAdd",
                root("POST " + owner + "/kv", "{\"key\":\"new\",\"values\":[\"2\",\"1\"]}", 201),
                root("POST " + owner + "/kv", "{\"key\":\"k\",\"values\":[\"2\",\"1\"]}", 409));
        operation(
                kind + "KVDel", root("DELETE " + owner + "/kv/k", "", 204), root("DELETE " + owner + "/kv/k", "", 404));
        operation(
                kind + "KVReplace",
                root("PUT " + owner + "/kv/k", "#If-Match", "{\"value\":\"2\"}", 204),
                root("PUT " + owner + "/kv/none", "#If-Match", "{\"value\":\"2\"}", 412));
    }

    private static void groups() {
        operation(
                "GroupCreate",
                root("POST /groups", "{\"name\":\"new-{g}\"}", 201),
                root("POST /groups", "{\"name\":\"{g}\"}", 409));
        operation(
                "GroupUpdate",
                root("PATCH /groups/{g}", "{\"display_name\":\"G\"}", 200),
                root("PATCH /groups/{g}", "{\"rules\":{}}", 400));
        operation(
                "GroupInfo",
                root("GET /groups/{g}", "", 200),
                root("GET /groups/{g}/managed", "", 200),
                root("GET /groups/no-{g}", "", 404));
        operation("GroupSearch", root("GET /groups", "?q={g}", "", 200), nobody("GET /groups", "", 403));
        operation(
                "GroupMembers", root("GET /groups/{h}/members", "", 200), root("GET /groups/no-{g}/members", "", 404));
        operation(
                "GroupUM",
                root("PUT /groups/{g}/kv/phone{0}", "{\"value\":\"1\"}", 204),
                root("GET /groups/{g}/kv", "?name=phone", "", 200),
                root("DELETE /groups/{g}/kv/phone", "?fuzzy=true", "", 204),
                root("GET /groups/{g}/kv/phone{0}", "", 404),
                nobody("PUT /groups/{g}/kv/phone{0}", "{\"value\":\"1\"}", 403));
        keyValues("Group", "/groups/{g}");
        operation(
                "GroupUpdateRules",
                root("PUT /groups/{g}/rules/{h}", "{\"rule\":\"include\"}", 204),
                root("PUT /groups/{g}/rules/{h}", "{\"rule\":\"exclude\"}", 204),
                root("PUT /groups/{h}/rules/{g}", "{\"rule\":\"include\"}", 409),
                root("DELETE /groups/{g}/rules/{h}", "", 204),
                root("PUT /groups/{g}/rules/no-{h}", "{\"rule\":\"include\"}", 404),
                root("DELETE /groups/{g}/rules/{h}", "", 404));
        operation(
                "GroupAddMember",
                root("PUT /groups/{g}/members/{e}", "", 204),
                root("PUT /groups/{g}/members/no-{e}", "", 404));
        operation(
                "GroupDelMember",
                root("DELETE /groups/{h}/members/{e}", "", 204),
                nobody("DELETE /groups/{h}/members/{e}", "", 403));
        operation("GroupDestroy", root("DELETE /groups/{g}", "", 204), root("DELETE /groups/{g}", "", 404));
    }

    private static void system() {
        operation(
                "SystemCapabilities",
                root("PUT /entities/{e}/capabilities/LOCK_ENTITY", "", 204),
                root("DELETE /entities/{e}/capabilities/LOCK_ENTITY", "", 204),
                root("PUT /groups/{g}/capabilities/LOCK_ENTITY", "", 204),
                root("DELETE /groups/{g}/capabilities/LOCK_ENTITY", "", 204),
                root("PUT /entities/{e}/capabilities/FLY", "", 404),
                nobody("PUT /entities/{e}/capabilities/LOCK_ENTITY", "", 403));
        operation("SystemPing", stranger("GET /healthz/live", "", 200), stranger("POST /healthz/live", "", 405));
        operation("SystemStatus", root("GET /system/status", "", 200), nobody("GET /system/status", "", 403));
    }

    private Http root;

    @Before
    public void signIn() {
        root = server.root();
    }

    @Test
    public void row74_thePageHasThe35OperationsAndThisTestTheSame() throws IOException {
        assertThat(NetAuthPage.read().keySet()).hasSize(35).isEqualTo(OPERATIONS.keySet());
    }

    @Test
    public void row74_everyOperationSucceedsAndIsRefused() {
        root.post("/api/v1/entities", Map.of("id", "nobody", "secret", SECRET));
        Map<String, Http> callers =
                Map.of("root", root, "nobody", server.http().signedInAs("nobody", SECRET), "", server.http());
        OPERATIONS.forEach((operation, asks) -> {
            assertThat(asks.get(0).status()).as(operation).isLessThan(300);
            assertThat(asks.get(asks.size() - 1).status()).as(operation).isGreaterThanOrEqualTo(400);
            prepare(operation);
            for (Ask ask : asks) {
                Http.Answer answer = send(callers.get(ask.who()), operation, ask);
                assertThat(answer.status())
                        .as("%s: %s, answered %s", operation, ask, answer.body())
                        .isEqualTo(ask.status());
            }
        });
    }

    /** An entity with a key of KV in a group, and a group with one that manages another. */
    private void prepare(String operation) {
        List<Http.Answer> made = new ArrayList<>();
        Object kv = Map.of("k", List.of("v"));
        made.add(root.post("/api/v1/entities", Map.of("id", in(operation, "{e}"), "secret", SECRET, "kv", kv)));
        made.add(root.post("/api/v1/groups", Map.of("name", in(operation, "{g}"))));
        made.add(root.put("/api/v1/groups/" + in(operation, "{g}") + "/kv/k", Map.of("value", "v")));
        made.add(root.post("/api/v1/groups", Map.of("name", in(operation, "{h}"))));
        made.add(root.send("PUT", in(operation, "/api/v1/groups/{h}/members/{e}")));
        assertThat(made).allMatch(answer -> answer.status() == 201 || answer.status() == 204);
    }

    private Http.Answer send(Http who, String operation, Ask ask) {
        String[] route = ask.route().split(" ");
        String target = in(operation, route[1]).replace("{0}", "%7B0%7D");
        boolean conditional = ask.query().startsWith("#");
        String query = conditional ? "" : in(operation, ask.query());
        HttpRequest.Builder request = who.request((target.startsWith("/healthz") ? "" : "/api/v1") + target + query);
        if (conditional) {
            request.header(ask.query().substring(1), "*");
        }
        if (!ask.body().isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        String body = in(operation, ask.body()).replace("{token}", root.token().orElseThrow());
        return who.send(request.method(route[0], HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String in(String operation, String text) {
        return text.replace("{e}", "e." + operation)
                .replace("{g}", "g." + operation)
                .replace("{h}", "h." + operation);
    }

    @Test
    public void row74_everyRouteOfThePageIsServedAndDrivenHere() throws IOException {
        Set<String> served = served();
        NetAuthPage.read().forEach((operation, row) -> {
            assertThat(served).as(operation).containsAll(row.routes());
            Set<String> driven = new TreeSet<>();
            OPERATIONS.get(operation).forEach(ask -> driven.add(template(ask.route())));
            assertThat(driven).as(operation).containsAll(row.routes());
        });
    }

    /** A route with the names of the description in the places of those of this test. */
    private static String template(String route) {
        return route.replaceFirst("/(rules)/[^/]+$", "/$1/{target}")
                .replaceFirst("/kv/[^/]+$", "/kv/{key}")
                .replaceFirst("/capabilities/[^/]+$", "/capabilities/{cap}")
                .replaceFirst("/members/[^/]+$", "/members/{id}")
                .replaceFirst("/entities/[^/]+", "/entities/{id}")
                .replaceFirst("/groups/[^/]+", "/groups/{name}");
    }

    private static Set<String> served() {
        Set<String> served = new TreeSet<>();
        JsonNode document = server.http().get("/api/v1/openapi.json").json();
        document.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> served.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return served;
    }

    @Test
    public void row86_everyCommandOfThePageIsOneOfTheShell() throws IOException {
        List<String> usage = server.shell("help --all").out().lines().toList();
        NetAuthPage.read().forEach((operation, row) -> assertThat(row.commands())
                .as(operation)
                .isNotEmpty()
                .allMatch(command -> usage.stream().anyMatch(line -> (line + " ").startsWith(command + " "))));
    }
}

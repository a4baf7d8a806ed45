package org.latchkey.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Wire;

/** Attack case A-01: every route of the REST API, as the server describes it, against everybody who may not. */
public class RouteAccessIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String SECRET = "correct horse battery";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /**
     * What each route answers an entity without capabilities, about somebody else and about itself. A route
     * that is not here fails the test: whoever adds one decides who may use it.
     */
    private static final Map<String, List<Integer>> EXPECTED = new TreeMap<>();

    static {
        open("POST /auth/check", 400);
        open("POST /auth/token", 400);
        open("POST /auth/validate", 400);
        open("GET /openapi.json", 200);
        open("GET /healthz/live", 200);
        open("GET /healthz/ready", 200);
        open("GET /.well-known/jwks.json", 200);
        closed("GET /entities", "POST /entities", "PATCH /entities/{id}", "DELETE /entities/{id}");
        closed("POST /entities/{id}/lock", "POST /entities/{id}/unlock");
        closed("POST /entities/{id}/kv", "PUT /entities/{id}/kv/{key}", "DELETE /entities/{id}/kv/{key}");
        closed("PUT /entities/{id}/capabilities/{cap}", "DELETE /entities/{id}/capabilities/{cap}");
        closed("GET /groups", "POST /groups");
        closed("GET /groups/{name}", "PATCH /groups/{name}", "DELETE /groups/{name}");
        closed("GET /groups/{name}/kv", "GET /groups/{name}/kv/{key}");
        closed("POST /groups/{name}/kv", "PUT /groups/{name}/kv/{key}", "DELETE /groups/{name}/kv/{key}");
        closed("PUT /groups/{name}/capabilities/{cap}", "DELETE /groups/{name}/capabilities/{cap}");
        closed("GET /groups/{name}/capabilities", "GET /groups/{name}/managed", "GET /groups/{name}/rules");
        closed("PUT /groups/{name}/rules/{target}", "DELETE /groups/{name}/rules/{target}");
        closed("GET /groups/{name}/members");
        closed("PUT /groups/{name}/members/{id}", "DELETE /groups/{name}/members/{id}");
        closed("POST /import", "GET /export");
        closed("POST /plugins/check");
        closed("GET /plugins", "POST /plugins", "GET /plugins/{name}", "DELETE /plugins/{name}");
        closed("POST /plugins/{name}/rollback", "POST /plugins/{name}/enable", "POST /plugins/{name}/disable");
        closed("POST /hooks/{extension}/quarantine", "POST /hooks/{extension}/release");
        closed("GET /hooks", "GET /system/status");
        closed("GET /audit", "POST /explain");
        closed("GET /notices", "GET /notices/dead", "DELETE /notices/dead", "POST /notices/dead/replay");
        forOneself("GET /entities/{id}", 200);
        forOneself("GET /entities/{id}/groups", 200);
        forOneself("GET /entities/{id}/kv", 200);
        forOneself("GET /entities/{id}/kv/{key}", 200);
        forOneself("GET /entities/{id}/keys", 200);
        forOneself("DELETE /entities/{id}/keys", 404);
        forOneself("POST /entities/{id}/keys", 201);
        forOneself("GET /entities/{id}/capabilities", 200);
        forOneself("PUT /entities/{id}/secret", 204);
    }

    private static void open(String route, int status) {
        EXPECTED.put(route, List.of(status, status));
    }

    private static void closed(String... routes) {
        for (String route : routes) {
            EXPECTED.put(route, List.of(403, 403));
        }
    }

    private static void forOneself(String route, int status) {
        EXPECTED.put(route, List.of(403, status));
    }

    private final Map<String, String> routes = new TreeMap<>();
    private Http root;

    @Before
    public void readTheDescription() {
        root = server.root();
        JsonNode document = server.http().get("/api/v1/openapi.json").json();
        String base = document.path("servers").path(0).path("url").asText();
        document.path("paths").properties().forEach(path -> {
            JsonNode server = path.getValue().path("servers").path(0).path("url");
            String under = server.isMissingNode() ? base : server.asText();
            path.getValue().fieldNames().forEachRemaining(method -> {
                if (METHODS.contains(method)) {
                    String prefix = under.equals("/") ? "" : under;
                    routes.put(method.toUpperCase(Locale.ROOT) + " " + path.getKey(), prefix + path.getKey());
                }
            });
        });
        for (String id : List.of("somebody", "poor")) {
            root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET, "kv", Map.of("k", List.of("v"))));
        }
        root.post("/api/v1/groups", Map.of("name", "staff"));
        root.put("/api/v1/groups/staff/kv/k", Map.of("value", "v"));
    }

    @Test
    public void a01_everyRouteIsExpectedAndEveryExpectedRouteIsThere() {
        assertThat(routes.keySet()).isEqualTo(new TreeSet<>(EXPECTED.keySet()));
    }

    @Test
    public void a01_withoutAValidTokenOnlyPublicRoutesAnswer() {
        String token = root.token().orElseThrow();
        Map<String, Http> strangers = new LinkedHashMap<>();
        strangers.put("none", server.http());
        strangers.put("forged", server.http().withToken(forged(token)));
        strangers.put("empty", server.http().withToken(""));
        strangers.put("unsigned", server.http().withToken(unsigned(token)));
        strangers.put("tampered", server.http().withToken(tampered(token)));
        strangers.put("twice", server.http().withToken(token + ", Bearer " + token));
        strangers.forEach(
                (kind, stranger) -> routes.keySet().forEach(route -> assertThat(ask(stranger, route, "somebody", ""))
                        .as("%s with token: %s", route, kind)
                        .isEqualTo(isOpen(route) ? EXPECTED.get(route).get(0) : 401)));
        assertNothingChanged();
    }

    @Test
    public void a01_aTokenInTheQueryIsNone() {
        String token = root.token().orElseThrow();
        for (String query : List.of("?access_token=" + token, "?token=" + token, "?Authorization=Bearer%20" + token)) {
            routes.keySet().forEach(route -> assertThat(ask(server.http(), route, "somebody", query))
                    .as(route + query.substring(0, 6))
                    .isEqualTo(isOpen(route) ? EXPECTED.get(route).get(0) : 401));
        }
        assertNothingChanged();
    }

    @Test
    public void a01_withoutCapabilitiesOneMayReadOneselfAndChangeOnesSecret() {
        Http poor = server.http().signedInAs("poor", SECRET);
        routes.keySet().forEach(route -> {
            List<Integer> expected = EXPECTED.getOrDefault(route, List.of(0, 0));
            assertThat(ask(poor, route, "somebody", ""))
                    .as(route + " about somebody")
                    .isEqualTo(expected.get(0));
            assertThat(ask(poor, route, "root", "")).as(route + " about root").isEqualTo(expected.get(0));
            assertThat(ask(poor, route, "nobody", ""))
                    .as(route + " about nobody")
                    .isEqualTo(expected.get(0));
            assertThat(ask(poor, route, "poor", ""))
                    .as(route + " about oneself")
                    .isEqualTo(expected.get(1));
        });
        assertNothingChanged();
    }

    @Test
    public void a01_otherMethodsOfAPathAndOtherPathsAre401ForStrangers() {
        Set<String> paths = new TreeSet<>();
        routes.forEach((route, path) -> {
            if (!isOpen(route)) {
                paths.add(route.substring(route.indexOf(' ') + 1));
            }
        });
        for (String path : paths) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                if (!routes.containsKey(method + " " + path)) {
                    String concrete = "/api/v1" + concrete(path, "somebody");
                    assertThat(server.http().send(method, concrete).status())
                            .as(method + " " + path)
                            .isEqualTo(401);
                    assertThat(root.send(method, concrete).status())
                            .as(method + " " + path)
                            .isEqualTo(405);
                }
            }
        }
        for (String path : List.of("/api/v1/nothing", "/api/v1/", "/api/v2/entities", "/api", "/api/v1/entities/")) {
            assertThat(server.http().get(path).status()).as(path).isEqualTo(401);
            assertThat(root.get(path).status()).as(path).isEqualTo(404);
        }
    }

    /** Asks on a connection of its own: a refused request may end the one it came by. */
    private int ask(Http who, String route, String id, String query) {
        String key =
                route.equals("DELETE /entities/{id}/keys") ? (query.isEmpty() ? "?" : "&") + "type=SSH&key=no" : "";
        String target = concrete(routes.get(route), id) + query + key;
        String token = who.token()
                .map(bearer -> "Authorization: Bearer " + bearer + "\r\n")
                .orElse("");
        String type = route.startsWith("POST /plugins") ? "application/java-archive" : "application/json";
        String body = body(route);
        return new Wire(server.port())
                .send(route.substring(0, route.indexOf(' ')) + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + "Connection: close\r\n" + token + "Content-Type: " + type + "\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n" + body)
                .status();
    }

    private static String body(String route) {
        return switch (route) {
            case "POST /entities" -> "{\"id\":\"intruder\"}";
            case "POST /groups" -> "{\"name\":\"intruders\"}";
            case "PATCH /entities/{id}" -> "{\"meta\":{\"shell\":\"/bin/evil\"}}";
            case "PATCH /groups/{name}" -> "{\"display_name\":\"evil\"}";
            case "POST /entities/{id}/keys" -> "{\"type\":\"SSH\",\"key\":\"mine\"}";
            case "POST /entities/{id}/kv", "POST /groups/{name}/kv" -> "{\"key\":\"evil\",\"value\":\"evil\"}";
            case "PUT /groups/{name}/rules/{target}" -> "{\"rule\":\"include\"}";
            case "PUT /entities/{id}/secret" -> "{\"secret\":\"" + SECRET + "\",\"current\":\"" + SECRET + "\"}";
            case "POST /plugins", "POST /plugins/check" -> "This is no jar.";
            case "POST /explain" -> "{\"operation\":\"authentication\",\"id\":\"root\"}";
            case "POST /hooks/{extension}/quarantine" -> "{}";
            case "POST /notices/dead/replay" -> "{\"notifier\":\"org.example\"}";
            default -> route.startsWith("PUT") && route.contains("/kv/") ? "{\"value\":\"evil\"}" : "";
        };
    }

    private static String concrete(String path, String id) {
        return path.replace("{id}", id)
                .replace("{name}", path.contains("/plugins") ? "org.latchkey.example.hook" : "staff")
                .replace("{extension}", "org.latchkey.example.hook.ReservedNames")
                .replace("{target}", "staff")
                .replace("{key}", "k")
                .replace("{cap}", "GLOBAL_ROOT");
    }

    private static boolean isOpen(String route) {
        return EXPECTED.getOrDefault(route, List.of(403)).get(0) != 403;
    }

    private void assertNothingChanged() {
        assertThat(root.get("/api/v1/entities").body()).doesNotContain("intruder", "evil", "\"locked\":true");
        assertThat(root.get("/api/v1/groups").body()).doesNotContain("intruder", "evil");
        assertThat(root.get("/api/v1/groups/staff").status()).isEqualTo(200);
        for (String id : List.of("somebody", "poor")) {
            assertThat(server.http().check(id, SECRET)).isTrue();
            assertThat(root.get("/api/v1/entities/" + id).body()).doesNotContain("GLOBAL_ROOT");
        }
        assertThat(root.get("/api/v1/plugins").json().path("plugins")).isEmpty();
    }

    /** Another key's signature. */
    private static String forged(String token) {
        String[] parts = token.split("\\.");
        return parts[0] + "." + parts[1] + "." + new StringBuilder(parts[2]).reverse();
    }

    private static String unsigned(String token) {
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
        return none + "." + token.split("\\.")[1] + ".";
    }

    /** Another holder under the same signature. */
    private static String tampered(String token) {
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        String other = claims.replace("root", "roos");
        return parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(UTF_8)) + "."
                + parts[2];
    }
}

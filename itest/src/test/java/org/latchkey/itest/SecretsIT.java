package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/**
 * Row 64 and attack case A-07: secrets never leave. Everything that can be asked for is asked for, and neither a secret
 * nor a hash (of which all begin with the name of their function) is in it, nor in what the server writes down.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class SecretsIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String OF_ADA = "zebra-Quartz-4471-of-ada";
    private static final String OF_BOB = "zebra-Quartz-4472-of-bob";
    private static final String NEW_OF_BOB = "zebra-Quartz-4473-new-of-bob";
    private static final String WRONG = "zebra-Quartz-4474-wrong";
    private static final String MALFORMED = "zebra-Quartz-4475-malformed";

    /** What must be nowhere, by what they have in common. */
    private static final String SECRETS = "zebra-Quartz";

    private static final String HASH = "$argon2";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Map<String, List<String>> PARAMETERS = Map.ofEntries(
            Map.entry("q", List.of("*", "ada", "a*", "argon2*", "secret:*", "zzz")),
            Map.entry("limit", List.of("1", "1000", "0")),
            Map.entry("cursor", List.of("a", "argon2id")),
            Map.entry("name", List.of("*", "secret", "hash")),
            Map.entry("type", List.of("SSH", "secret")),
            Map.entry("key", List.of("k")),
            Map.entry("fuzzy", List.of("true", "maybe")),
            Map.entry("notifier", List.of("org.example", "*")),
            Map.entry("id", List.of("x")),
            Map.entry("request_id", List.of("x")),
            Map.entry("dry_run", List.of("true", "maybe")),
            Map.entry("update", List.of("true", "maybe")),
            Map.entry("batch", List.of("1", "0", "x")));

    private final Map<String, String> seen = new LinkedHashMap<>();
    private Http root;

    @Before
    public void people() {
        root = server.root();
        root.post("/api/v1/entities", Map.of("id", "ada", "secret", OF_ADA, "kv", Map.of("k", List.of("v"))));
        server.shell("entity create bob --secret-stdin", OF_BOB + "\n");
        server.http().signedInAs("ada", OF_ADA);
        server.http().post("/api/v1/auth/check", Map.of("id", "ada", "secret", WRONG));
        see("sign-in", server.http().send("POST", "/api/v1/auth/check", "{\"id\":\"ada\",\"secret\":\"" + MALFORMED));
        see("PATCH", root.patch("/api/v1/entities/ada", Map.of("secret", MALFORMED)));
        see("POST", root.post("/api/v1/entities", Map.of("id", "a b", "secret", MALFORMED)));
        root.put("/api/v1/entities/bob/secret", Map.of("secret", NEW_OF_BOB));
        root.post("/api/v1/groups", Map.of("name", "staff"));
        root.send("PUT", "/api/v1/groups/staff/members/ada");
    }

    @After
    public void nothingOfItIsASecret() {
        seen.forEach((where, what) -> assertThat(what).as(where).doesNotContain(SECRETS, HASH, server.rootSecret()));
    }

    private void see(String where, Http.Answer answer) {
        seen.put(where, answer.response().headers().map() + answer.body());
    }

    private void see(String where, Server.Answer answer) {
        seen.put(where, answer.out() + answer.err());
    }

    @Test
    public void a07_noRouteAnswersWithASecret() {
        JsonNode paths = server.http().get("/api/v1/openapi.json").json().path("paths");
        List<String> routes = new ArrayList<>();
        paths.properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            if (METHODS.contains(method)) {
                routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
            }
        }));
        // What is destroyed last is there for all others.
        routes.sort((one, other) -> Boolean.compare(one.startsWith("DELETE"), other.startsWith("DELETE")));
        for (String route : routes) {
            for (String id : List.of("ada", "bob")) {
                ask(route, id, "");
            }
            for (String query : queries(paths, route)) {
                ask(route, "ada", query);
            }
        }
        assertThat(seen).hasSizeGreaterThan(2 * routes.size());
        assertThat(seen.values())
                .as("what is looked at is what was asked for")
                .anyMatch(what -> what.contains("\"ada\""));
    }

    /** Every parameter with every value, one at a time. */
    private static List<String> queries(JsonNode paths, String route) {
        JsonNode path = paths.path(route.substring(route.indexOf(' ') + 1));
        JsonNode operation = path.path(route.substring(0, route.indexOf(' ')).toLowerCase(Locale.ROOT));
        List<String> queries = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> {
            String name = parameter
                    .path("name")
                    .asText(parameter.path("$ref").asText().replaceFirst(".*/", ""));
            if (!parameter.path("in").asText("query").equals("header")) {
                assertThat(PARAMETERS)
                        .as(route + " has a parameter that this test does not know")
                        .containsKey(name);
                PARAMETERS.get(name).forEach(value -> queries.add("?" + name + "=" + encoded(value)));
            }
        });
        return queries;
    }

    private static String encoded(String value) {
        return value.replace("*", "%2A");
    }

    private void ask(String route, String id, String query) {
        String[] parts = route.split(" ");
        String prefix = parts[1].startsWith("/healthz") || parts[1].startsWith("/.well-known") ? "" : "/api/v1";
        String target = prefix
                + parts[1].replace("{id}", id)
                        .replace("{name}", parts[1].startsWith("/groups") ? "staff" : "org.latchkey.example.hook")
                        .replace("{target}", "staff")
                        .replace("{key}", "k")
                        .replace("{cap}", "LOCK_ENTITY")
                        .replace("{extension}", "org.latchkey.example.hook.ReservedNames");
        HttpRequest.Builder request = root.request(target + query);
        String body = parts[0].equals("GET") || parts[0].equals("DELETE") ? "" : body(parts[1], id);
        if (!body.isEmpty()) {
            String type = parts[1].startsWith("/plugins") ? "application/java-archive" : "application/json";
            request.header("Content-Type", type);
        }
        see(
                route + " of " + id + query,
                root.send(request.method(parts[0], HttpRequest.BodyPublishers.ofString(body))));
    }

    private String body(String path, String id) {
        return switch (path) {
            case "/auth/check", "/auth/token" ->
                "{\"id\":\"" + id + "\",\"secret\":\"" + (id.equals("ada") ? OF_ADA : NEW_OF_BOB) + "\"}";
            case "/auth/validate" -> "{\"token\":\"" + root.token().orElseThrow() + "\"}";
            case "/entities" -> "{\"id\":\"" + id + "\",\"secret\":\"" + WRONG + "\"}";
            case "/entities/{id}" -> "{\"meta\":{\"shell\":\"/bin/sh\"}}";
            case "/entities/{id}/secret" -> "{\"secret\":\"" + OF_ADA + "\",\"current\":\"" + WRONG + "\"}";
            case "/entities/{id}/keys" -> "{\"type\":\"SSH\",\"key\":\"k\"}";
            case "/entities/{id}/kv", "/groups/{name}/kv" -> "{\"key\":\"added\",\"value\":\"v\"}";
            case "/entities/{id}/kv/{key}", "/groups/{name}/kv/{key}" -> "{\"value\":\"v\"}";
            case "/groups" -> "{\"name\":\"staff\"}";
            case "/groups/{name}" -> "{\"display_name\":\"S\"}";
            case "/groups/{name}/rules/{target}" -> "{\"rule\":\"include\"}";
            case "/explain" -> "{\"operation\":\"authentication\",\"id\":\"" + id + "\"}";
            default -> path.startsWith("/plugins") ? "no jar" : path.endsWith("quarantine") ? "{}" : "";
        };
    }

    @Test
    public void a07_noListingOfTheShellShowsASecret() {
        for (String line : List.of(
                "entity list",
                "entity list --json",
                "entity search '*' --fields id,has_secret,kv,keys,meta --json",
                "entity info ada",
                "entity info ada --json",
                "entity info ada --fields secret",
                "entity kv ada READ '*'",
                "entity key READ ada",
                "kv2 get entity ada",
                "entity memberships ada --json",
                "group info staff --json",
                "group members staff",
                "group members staff --json",
                "plugins --json",
                "hooks --json",
                "status --json",
                "system status",
                "explain authentication ada --json",
                "explain secret-change ada",
                "audit --limit 1000",
                "audit --limit 1000 --json",
                "help --all",
                "complete 'entity info a'")) {
            see(line, server.shell(line));
        }
        see("auth check", server.shell("auth check ada", WRONG + "\n"));
        see(
                "auth inspect-token",
                server.shell("auth inspect-token " + root.token().orElseThrow()));
        assertThat(seen.get("audit --limit 1000 --json")).contains("ada");
    }

    @Test
    public void a07_logsMetricsAndFilesHaveNoSecret() throws IOException {
        seen.put("logs", server.logs());
        see("/metrics", root.get("/metrics"));
        assertThat(server.output()).doesNotContain(SECRETS, HASH);
        try (Stream<Path> files = Files.walk(server.data())) {
            List<Path> written = files.filter(Files::isRegularFile).toList();
            assertThat(written).isNotEmpty();
            written.forEach(SecretsIT::assertHasNoSecret);
        }
        assertThat(seen.get("logs")).contains("ada");
    }

    /** The database alone holds hashes, and no file a secret but the one that was made for the operator. */
    private static void assertHasNoSecret(Path file) {
        String name = file.getFileName().toString();
        String content = content(file);
        assertThat(content).as(name).doesNotContain(SECRETS);
        if (!name.equals("root-secret")) {
            assertThat(content).as(name).doesNotContain(server.rootSecret());
        }
        if (!name.endsWith(".mv.db")) {
            assertThat(content).as(name).doesNotContain(HASH);
        }
    }

    private static String content(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** The query language, by REST. */
public class SearchIT {

    @ClassRule
    public static final Server server = new Server();

    private static boolean settled;

    private Http root;

    @Before
    public void settle() {
        root = server.root();
        if (settled) {
            return;
        }
        settled = true;
        made("/groups", Map.of("name", "Smiths", "display_name", "The Smiths"));
        made("/groups", Map.of("name", "smiths-guests", "managed_by", "Smiths"));
        person("ann", 5001, Map.of("display_name", "Ann \u00c4rger", "badge_number", "B-1"));
        person("anton", 5002, Map.of("display_name", "Toni", "shell", "/bin/zsh"));
        person("berta", 5003, Map.of("display_name", "Anna Berta", "gecos", "Berta,,,"));
        for (String id : List.of("ann", "berta")) {
            assertThat(root.send("PUT", "/api/v1/groups/Smiths/members/" + id).status())
                    .isEqualTo(204);
        }
        assertThat(root.send("POST", "/api/v1/entities/anton/lock").status()).isEqualTo(200);
    }

    @Test
    public void row63_entitiesAreFoundByQueries() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put("ID:ann", List.of("ann"));
        table.put("id:an*", List.of("ann", "anton"));
        table.put("an*", List.of("ann", "anton", "berta"));
        table.put("ANN", List.of("ann"));
        table.put("\"ann \u00e4rger\"", List.of("ann"));
        table.put("meta.DisplayName:toni", List.of("anton"));
        table.put("meta.shell:*zsh", List.of("anton"));
        table.put("number:>=5001 AND number:<5003", List.of("ann", "anton"));
        table.put("group:smiths", List.of("ann", "berta"));
        table.put("group:smiths -b-1", List.of("berta"));
        table.put("locked:true", List.of("anton"));
        table.put("kv.floor:5002", List.of("anton"));
        table.put("id:berta OR (id:a* NOT locked:true)", List.of("berta", "ann"));
        table.put("nobody", List.of());
        table.forEach((query, ids) ->
                assertThat(find("entities", "id", query, 1)).as(query).isEqualTo(ids));
    }

    @Test
    public void row63_groupsAreFoundByQueries() {
        assertThat(find("groups", "name", "name:smiths", 10)).containsExactly("Smiths");
        assertThat(find("groups", "name", "\"the smiths\"", 10)).containsExactly("Smiths");
        assertThat(find("groups", "name", "smith*", 1)).containsExactly("Smiths", "smiths-guests");
        assertThat(find("groups", "name", "ManagedBy:Smiths", 10)).containsExactly("smiths-guests");
    }

    @Test
    public void row63_aMalformedQueryIsAnErrorThatSaysWhere() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("(id:ann", "Column 8: expected ) for the ( in column 1.");
        table.put("ann AND", "Column 8: expected a term, not the end.");
        table.put("number:x", "Column 8: expected a number");
        table.put("secret:x", "Column 1: there is no field \"secret\"; fields are id, number, ");
        table.put("a\u0000", "Column 2: ");
        table.put("", "Column 1: expected a term");
        table.forEach((query, detail) -> {
            Http.Answer refused = search("entities", query, "", 10);
            assertThat(refused.status()).as(query).isEqualTo(400);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            assertThat(refused.json().path("detail").asText()).startsWith(detail);
            assertThat(refused.json().path("pointer").asText()).isEqualTo("/q");
        });
    }

    @Test
    public void a05_whatIsBeyondMeasureOrForeignIsRefused() {
        assertThat(search("entities", "x".repeat(1025), "", 10).status()).isEqualTo(400);
        assertThat(search("entities", "(".repeat(500), "", 10).status()).isEqualTo(400);
        assertThat(search("entities", "a ".repeat(65), "", 10).status()).isEqualTo(400);
        assertThat(search("entities", "*", "", 1_000_000_000).status()).isEqualTo(400);
        String cursor = search("entities", "an*", "", 1).json().path("next").asText();
        assertThat(search("entities", "an*", cursor, 2).status()).isEqualTo(200);
        for (String other : List.of("a" + cursor, cursor.substring(1), "' or 1=1", "ann")) {
            Http.Answer refused = search("entities", "an*", other, 1);
            assertThat(refused.status()).as(other).isEqualTo(400);
            assertThat(refused.json().path("pointer").asText()).isEqualTo("/cursor");
        }
        assertThat(search("entities", "a*", cursor, 1).status()).isEqualTo(400);
        assertThat(search("groups", "an*", cursor, 1).status()).isEqualTo(400);
    }

    @Test
    public void row63_theSecretNeverMatches() {
        for (String query : List.of("*argon2*", "kv.*:*argon2*", "id:*argon2*", "key.secret:*")) {
            assertThat(find("entities", "id", query, 100)).as(query).isEmpty();
        }
    }

    private void person(String id, int number, Map<String, String> meta) {
        made(
                "/entities",
                Map.of(
                        "id",
                        id,
                        "number",
                        number,
                        "secret",
                        "correct horse battery",
                        "meta",
                        meta,
                        "kv",
                        Map.of("floor", List.of("1", String.valueOf(number)))));
    }

    private void made(String path, Map<String, ?> body) {
        assertThat(root.post("/api/v1" + path, body).status()).isEqualTo(201);
    }

    /** What all pages have. */
    private List<String> find(String list, String name, String query, int limit) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        for (int pages = 0; pages < 100; pages++) {
            Http.Answer answer = search(list, query, cursor, limit);
            assertThat(answer.status()).as(query + answer.body()).isEqualTo(200);
            JsonNode page = answer.json();
            page.path(list).forEach(item -> found.add(item.path(name).asText()));
            cursor = page.path("next").asText();
            if (cursor.isEmpty()) {
                return found;
            }
        }
        throw new AssertionError(query + " has no end");
    }

    private Http.Answer search(String list, String query, String cursor, int limit) {
        return root.get("/api/v1/" + list + "?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&cursor="
                + URLEncoder.encode(cursor, StandardCharsets.UTF_8) + "&limit=" + limit);
    }
}

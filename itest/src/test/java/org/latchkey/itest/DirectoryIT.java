package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Crowd;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Entities, groups and what they may do, by REST. */
public class DirectoryIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String SECRET = "correct horse battery";

    private Http root;

    @Before
    public void signIn() {
        root = server.root();
    }

    @Test
    public void anEntityIsCreatedReadChangedAndDestroyed() {
        Http.Answer created = root.post(
                "/api/v1/entities",
                Map.of(
                        "id",
                        "ann",
                        "number",
                        4711,
                        "meta",
                        Map.of("shell", "/bin/sh"),
                        "kv",
                        Map.of("k", List.of("v"))));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/entities/ann");
        JsonNode ann = root.get(created.header("Location")).json();
        assertThat(ann).isEqualTo(created.json());
        assertThat(ann.path("number").asInt()).isEqualTo(4711);
        assertThat(ann.path("meta").path("shell").asText()).isEqualTo("/bin/sh");
        Http.Answer changed = root.send(
                "PATCH", "/api/v1/entities/ann", "{\"meta\":{\"shell\":null,\"display_name\":\"Ann \u00C4\"}}");
        assertThat(changed.status()).isEqualTo(200);
        JsonNode meta = root.get("/api/v1/entities/ann").json().path("meta");
        assertThat(meta.has("shell")).isFalse();
        assertThat(meta.path("display_name").asText()).isEqualTo("Ann \u00C4");
        assertThat(root.delete("/api/v1/entities/ann").status()).isEqualTo(204);
        assertThat(root.get("/api/v1/entities/ann").status()).isEqualTo(404);
        assertThat(root.delete("/api/v1/entities/ann").status()).isEqualTo(404);
        assertThat(root.patch("/api/v1/entities/ann", Map.of("meta", Map.of())).status())
                .isEqualTo(404);
    }

    @Test
    public void aNameBelongsToOne() {
        assertThat(createEntity("ben").status()).isEqualTo(201);
        assertThat(createEntity("ben").status()).isEqualTo(409);
        assertThat(root.post("/api/v1/groups", Map.of("name", "ben")).status()).isEqualTo(201);
        assertThat(root.post("/api/v1/groups", Map.of("name", "ben")).status()).isEqualTo(409);
        List<Integer> parallel = Crowd.ask(20, () -> createEntity("cleo").status()).stream()
                .sorted()
                .toList();
        assertThat(parallel.get(0)).isEqualTo(201);
        assertThat(parallel.subList(1, 20)).containsOnly(409);
    }

    @Test
    public void aNumberBelongsToOneAndIsGivenOutOnce() {
        assertThat(numbered("n1", 7000).status()).isEqualTo(201);
        Http.Answer taken = numbered("n2", 7000);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(root.get("/api/v1/entities/n2").status()).isEqualTo(404);
        assertThat(createEntity("n3").json().path("number").asInt()).isGreaterThan(7000);
        for (Object number : new Object[] {0, -1, 2147483648L, 1.5, "5", 1e3}) {
            Http.Answer refused = numbered("n4", number);
            assertThat(refused.status()).as("%s", number).isEqualTo(400);
            assertThat(refused.json().path("pointer").asText()).isEqualTo("/number");
        }
        assertThat(numbered("n5", 2147483647).status()).isEqualTo(201);
        Http.Answer after = createEntity("n6");
        assertThat(after.status())
                .as("the highest number is taken: " + after.body())
                .isIn(201, 409, 422);
    }

    @Test
    public void namesAreOfPlainLetters() {
        for (String id :
                List.of("", ".", "..", ".x", "-x", "a..b", "a/b", "a b", "a\nb", "\u00E4", "a%", "x".repeat(129))) {
            Http.Answer refused = createEntity(id);
            assertThat(refused.status()).as(id).isEqualTo(400);
            assertThat(refused.json().path("pointer").asText()).isEqualTo("/id");
            assertThat(root.post("/api/v1/groups", Map.of("name", id)).status())
                    .as(id)
                    .isEqualTo(400);
        }
        for (String id : List.of("a", "A", "1", "a.b-c_d@e+f", "x".repeat(128))) {
            assertThat(createEntity(id).status()).as(id).isEqualTo(201);
            assertThat(root.get("/api/v1/entities/" + id).status()).as(id).isEqualTo(200);
        }
    }

    @Test
    public void aListIsReadInPagesWithoutLossOrRepetition() {
        List<String> expected =
                IntStream.range(0, 25).mapToObj(i -> "page-%02d".formatted(i)).toList();
        List<String> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled);
        shuffled.forEach(this::createEntity);
        List<String> found = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 10; page++) {
            JsonNode json = root.get("/api/v1/entities?q=page-*&limit=7&cursor=" + cursor)
                    .json();
            json.path("entities").forEach(entity -> found.add(entity.path("id").asText()));
            cursor = json.path("next").asText();
            if (cursor.isEmpty()) {
                break;
            }
            assertThat(json.path("entities")).hasSize(7);
        }
        assertThat(found).isEqualTo(expected);
        for (String bad :
                List.of("limit=0", "limit=1001", "limit=1000000000", "limit=x", "limit=", "limit=1&limit=2")) {
            assertThat(root.get("/api/v1/entities?" + bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(root.get("/api/v1/entities?cursor=%27%20or%201=1").status()).isIn(200, 400);
    }

    @Test
    public void membersComeAndGo() {
        root.post("/api/v1/groups", Map.of("name", "crew"));
        createEntity("dora");
        String dora = "/api/v1/groups/crew/members/dora";
        assertThat(root.send("PUT", dora).status()).isEqualTo(204);
        assertThat(root.send("PUT", dora).status()).isEqualTo(204);
        assertThat(members("crew")).containsExactly("dora");
        assertThat(root.get("/api/v1/entities/dora/groups")
                        .json()
                        .path("groups")
                        .toString())
                .isEqualTo("[\"crew\"]");
        assertThat(root.delete(dora).status()).isEqualTo(204);
        assertThat(members("crew")).isEmpty();
        assertThat(root.send("PUT", "/api/v1/groups/crew/members/nobody").status())
                .isEqualTo(404);
        assertThat(root.send("PUT", "/api/v1/groups/nothing/members/dora").status())
                .isEqualTo(404);
        assertThat(root.get("/api/v1/groups/nothing/members").status()).isEqualTo(404);
    }

    @Test
    public void aDestroyedGroupLeavesNoMembershipBehind() {
        root.post("/api/v1/groups", Map.of("name", "brief"));
        root.send("PUT", "/api/v1/groups/brief/capabilities/GLOBAL_ROOT");
        create("eve");
        root.send("PUT", "/api/v1/groups/brief/members/eve");
        assertThat(as("eve").get("/api/v1/plugins").status()).isEqualTo(200);
        assertThat(root.delete("/api/v1/groups/brief").status()).isEqualTo(204);
        assertThat(root.get("/api/v1/entities/eve/groups").json().path("groups"))
                .isEmpty();
        assertThat(as("eve").get("/api/v1/plugins").status()).isEqualTo(403);
        root.post("/api/v1/groups", Map.of("name", "brief"));
        assertThat(members("brief")).isEmpty();
        assertThat(root.get("/api/v1/groups/brief").body()).doesNotContain("GLOBAL_ROOT");
    }

    @Test
    public void aCapabilityOfAGroupIsOneOfItsMembersAndNoMoreThanThat() {
        root.post("/api/v1/groups", Map.of("name", "guards"));
        root.send("PUT", "/api/v1/groups/guards/capabilities/LOCK_ENTITY");
        create("finn");
        create("thief");
        Http before = as("finn");
        assertThat(before.send("POST", "/api/v1/entities/thief/lock").status()).isEqualTo(403);
        root.send("PUT", "/api/v1/groups/guards/members/finn");
        Http finn = as("finn");
        assertThat(finn.send("POST", "/api/v1/entities/thief/lock").status()).isEqualTo(200);
        assertThat(server.http().check("thief", SECRET)).isFalse();
        assertThat(finn.send("POST", "/api/v1/entities/thief/unlock").status()).isEqualTo(403);
        assertThat(finn.send("POST", "/api/v1/entities/root/lock").status()).isEqualTo(403);
        assertThat(finn.send("PUT", "/api/v1/entities/finn/capabilities/GLOBAL_ROOT")
                        .status())
                .isEqualTo(403);
        assertThat(finn.send("PUT", "/api/v1/groups/guards/members/thief").status())
                .isEqualTo(403);
        assertThat(finn.put("/api/v1/entities/thief/secret", Map.of("secret", "stolen horse"))
                        .status())
                .isEqualTo(403);
        root.delete("/api/v1/groups/guards/members/finn");
        assertThat(finn.send("POST", "/api/v1/entities/thief/lock").status()).isEqualTo(403);
    }

    @Test
    public void aGroupIsManagedByTheMembersOfAnother() {
        root.post("/api/v1/groups", Map.of("name", "bosses"));
        root.post("/api/v1/groups", Map.of("name", "team", "managed_by", "bosses"));
        create("gina");
        createEntity("hugo");
        String hugo = "/api/v1/groups/team/members/hugo";
        assertThat(as("gina").send("PUT", hugo).status()).isEqualTo(403);
        root.send("PUT", "/api/v1/groups/bosses/members/gina");
        assertThat(as("gina").send("PUT", hugo).status()).isEqualTo(204);
        assertThat(as("gina").send("PUT", "/api/v1/groups/bosses/members/hugo").status())
                .isEqualTo(403);
        assertThat(as("gina").delete("/api/v1/groups/team").status()).isEqualTo(403);
    }

    @Test
    public void aGroupNamesTheGroupsItManages() {
        root.post("/api/v1/groups", Map.of("name", "Chiefs"));
        root.post("/api/v1/groups", Map.of("name", "chiefs"));
        root.post("/api/v1/groups", Map.of("name", "braves", "managed_by", "Chiefs"));
        root.post("/api/v1/groups", Map.of("name", "scouts", "managed_by", "chiefs"));
        assertThat(root.get("/api/v1/groups/Chiefs/managed").json().findValuesAsText("name"))
                .containsExactly("braves");
        assertThat(root.get("/api/v1/groups/scouts/managed").json().path("groups"))
                .isEmpty();
        assertThat(server.shell("group info chiefs").out()).contains("manages: scouts\n");
    }

    @Test
    public void rootStaysWhatItIs() {
        assertThat(root.send("POST", "/api/v1/entities/root/lock").status()).isEqualTo(403);
        assertThat(root.delete("/api/v1/entities/root").status()).isEqualTo(403);
        assertThat(root.delete("/api/v1/entities/root/capabilities/GLOBAL_ROOT").status())
                .isEqualTo(403);
        assertThat(server.http().check("root", server.rootSecret())).isTrue();
    }

    private Http.Answer createEntity(String id) {
        return root.post("/api/v1/entities", Map.of("id", id));
    }

    private Http.Answer numbered(String id, Object number) {
        return root.post("/api/v1/entities", Map.of("id", id, "number", number));
    }

    private void create(String id) {
        assertThat(root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET))
                        .status())
                .isEqualTo(201);
    }

    private static Http as(String id) {
        return server.http().signedInAs(id, SECRET);
    }

    private List<String> members(String group) {
        List<String> members = new ArrayList<>();
        root.get("/api/v1/groups/" + group + "/members")
                .json()
                .path("members")
                .forEach(member -> members.add(member.path("id").asText()));
        return members;
    }
}

package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.MetaField;

public class EntityRoutesTest {

    private final TestApi api = new TestApi();

    @Test
    public void createsAnEntityWithAllThatIsGiven() throws IOException {
        TestApi.Reply reply = api.asRoot(
                "POST",
                "/entities",
                "{\"id\":\"alice\",\"number\":77,\"secret\":\"pass phrase\",\"meta\":{\"shell\":\"/bin/sh\"},"
                        + "\"kv\":{\"k\":[\"b\",\"a\"]}}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers()).containsEntry("Location", "/api/v1/entities/alice");
        assertThat(reply.text())
                .isEqualTo("{\"id\":\"alice\",\"number\":77,\"locked\":false,\"has_secret\":true,"
                        + "\"meta\":{\"shell\":\"/bin/sh\"},\"groups\":[],\"capabilities\":[],"
                        + "\"keys\":{},\"kv\":{\"k\":[\"b\",\"a\"]},\"version\":1}");
        assertThat(api.directory.secrets).containsEntry("alice", "pass phrase");
        assertThat(reply.text()).doesNotContain("pass phrase");
    }

    @Test
    public void aSecondOneOfThatNameIsAConflict() throws IOException {
        assertThat(api.asRoot("POST", "/entities", "{\"id\":\"root\"}").status())
                .isEqualTo(409);
    }

    @Test
    public void listsPageByPage() throws IOException {
        FakeRequest list = FakeRequest.of("GET", "/v1/entities");
        TestApi.Reply first = api.as("root", list.withQuery(Map.of("limit", List.of("1"))));
        assertThat(first.json().at("/entities/0/id").asText()).isEqualTo("nobody");
        String next = first.json().at("/next").asText();
        TestApi.Reply last = api.as("root", list.withQuery(Map.of("limit", List.of("1"), "cursor", List.of(next))));
        assertThat(last.json().at("/entities/0/id").asText()).isEqualTo("root");
        assertThat(last.json().has("next")).isFalse();
        assertThat(api.as("root", list.withQuery(Map.of("q", List.of("ro*"))))
                        .json()
                        .at("/entities")
                        .size())
                .isEqualTo(1);
    }

    @Test
    public void readsOne() throws IOException {
        assertThat(api.asRoot("GET", "/entities/nobody").json().at("/id").asText())
                .isEqualTo("nobody");
        TestApi.Reply unknown = api.asRoot("GET", "/entities/unknown");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("not-found");
    }

    @Test
    public void changesTheFieldsGivenAndNoOthers() throws IOException {
        api.asRoot("PATCH", "/entities/nobody", "{\"meta\":{\"shell\":\"/bin/sh\",\"home\":\"/h\"}}");
        TestApi.Reply reply =
                api.asRoot("PATCH", "/entities/nobody", "{\"meta\":{\"shell\":null,\"legal_name\":\"N\"}}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(api.directory.entities.get("nobody").meta())
                .isEqualTo(Map.of(MetaField.HOME, "/h", MetaField.LEGAL_NAME, "N"));
        api.asRoot("PATCH", "/entities/nobody", "{\"meta\":{\"home\":\"\"}}");
        assertThat(api.directory.entities.get("nobody").meta()).isEqualTo(Map.of(MetaField.LEGAL_NAME, "N"));
    }

    @Test
    public void row46_whatHasAWayOfItsOwnIsNotChangedByPatch() throws IOException {
        for (String member : new String[] {
            "id", "number", "locked", "secret", "has_secret", "groups", "capabilities", "keys", "kv", "version"
        }) {
            TestApi.Reply reply =
                    api.asRoot("PATCH", "/entities/nobody", "{\"meta\":{\"shell\":\"x\"},\"" + member + "\":\"x\"}");
            assertThat(reply.status()).as(member).isEqualTo(400);
            assertThat(reply.pointer()).isEqualTo("/" + member);
            assertThat(reply.text()).as(member).isNotEqualTo("There is no such member.");
        }
        assertThat(api.directory.entities.get("nobody").meta()).isEmpty();
        assertThat(api.directory.callers).isEmpty();
    }

    @Test
    public void destroysOne() throws IOException {
        assertThat(api.asRoot("DELETE", "/entities/nobody").status()).isEqualTo(204);
        assertThat(api.asRoot("DELETE", "/entities/nobody").status()).isEqualTo(404);
    }

    @Test
    public void locksAndUnlocks() throws IOException {
        assertThat(api.asRoot("POST", "/entities/nobody/lock")
                        .json()
                        .at("/locked")
                        .asBoolean())
                .isTrue();
        assertThat(api.asRoot("POST", "/entities/nobody/unlock")
                        .json()
                        .at("/locked")
                        .asBoolean())
                .isFalse();
    }

    @Test
    public void row73_aChangeOfSecretCarriesItsProof() throws IOException {
        FakeRequest own = FakeRequest.of("PUT", "/v1/entities/nobody/secret")
                .withBody("application/json", "{\"secret\":\"new\",\"current\":\"old\"}");
        assertThat(api.as("nobody", own).status()).isEqualTo(204);
        assertThat(api.directory.current).contains("old");
        assertThat(api.directory.secrets).containsEntry("nobody", "new");
        assertThat(api.directory.callers.get(0).id()).isEqualTo("nobody");
        assertThat(api.asRoot("PUT", "/entities/nobody/secret", "{\"current\":\"old\"}")
                        .pointer())
                .isEqualTo("/secret");
    }

    @Test
    public void namesTheGroupsItIsIn() throws IOException {
        api.directory.entities.computeIfPresent("nobody", (id, nobody) -> nobody.withGroups(Set.of("staff")));
        assertThat(api.asRoot("GET", "/entities/nobody/groups").text()).isEqualTo("{\"groups\":[\"staff\"]}");
        assertThat(api.asRoot("GET", "/entities/unknown/groups").status()).isEqualTo(404);
    }
}

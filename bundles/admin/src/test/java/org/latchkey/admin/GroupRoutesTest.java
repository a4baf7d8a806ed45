package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;

public class GroupRoutesTest {

    private final TestApi api = new TestApi();

    @Test
    public void createsAGroup() throws IOException {
        TestApi.Reply reply = api.asRoot(
                "POST", "/groups", "{\"name\":\"ops\",\"number\":9,\"display_name\":\"Ops\",\"managed_by\":\"staff\"}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers()).containsEntry("Location", "/api/v1/groups/ops");
        assertThat(reply.text())
                .isEqualTo("{\"name\":\"ops\",\"number\":9,\"display_name\":\"Ops\",\"managed_by\":\"staff\","
                        + "\"capabilities\":[],\"rules\":{},\"kv\":{},\"version\":1}");
    }

    @Test
    public void listsAndReads() throws IOException {
        assertThat(api.asRoot("GET", "/groups").json().at("/groups/0/name").asText())
                .isEqualTo("staff");
        assertThat(api.asRoot("GET", "/groups/staff").json().at("/name").asText())
                .isEqualTo("staff");
        assertThat(api.asRoot("GET", "/groups/unknown").status()).isEqualTo(404);
    }

    @Test
    public void changesWhatIsGivenAndNothingElse() throws IOException {
        api.asRoot("PATCH", "/groups/staff", "{\"display_name\":\"Staff\",\"managed_by\":\"staff\"}");
        TestApi.Reply reply = api.asRoot("PATCH", "/groups/staff", "{\"managed_by\":\"\"}");
        assertThat(reply.json().at("/display_name").asText()).isEqualTo("Staff");
        assertThat(reply.json().at("/managed_by").asText()).isEmpty();
        assertThat(api.asRoot("PATCH", "/groups/staff", "{\"name\":\"x\"}").pointer())
                .isEqualTo("/name");
        assertThat(api.asRoot("PATCH", "/groups/staff", "{\"display_name\":null}")
                        .pointer())
                .isEqualTo("/display_name");
    }

    @Test
    public void row46_whatHasAWayOfItsOwnIsNotChangedByPatch() throws IOException {
        for (String member : new String[] {"name", "number", "capabilities", "rules", "members", "kv", "version"}) {
            TestApi.Reply reply =
                    api.asRoot("PATCH", "/groups/staff", "{\"display_name\":\"x\",\"" + member + "\":\"x\"}");
            assertThat(reply.status()).as(member).isEqualTo(400);
            assertThat(reply.pointer()).isEqualTo("/" + member);
            assertThat(reply.text()).as(member).isNotEqualTo("There is no such member.");
        }
        assertThat(api.directory.callers).isEmpty();
    }

    @Test
    public void namesTheGroupsItManages() throws IOException {
        api.asRoot("POST", "/groups", "{\"name\":\"ops\",\"managed_by\":\"staff\"}");
        api.asRoot("POST", "/groups", "{\"name\":\"own\",\"managed_by\":\"own\"}");
        assertThat(api.asRoot("GET", "/groups/staff/managed").json().findValuesAsText("name"))
                .containsExactly("ops");
        assertThat(api.asRoot("GET", "/groups/ops/managed").text()).isEqualTo("{\"groups\":[]}");
        assertThat(api.asRoot("GET", "/groups/unknown/managed").status()).isEqualTo(404);
    }

    @Test
    public void membersComeAndGo() throws IOException {
        assertThat(api.asRoot("PUT", "/groups/staff/members/nobody").status()).isEqualTo(204);
        assertThat(api.asRoot("GET", "/groups/staff/members")
                        .json()
                        .at("/members/0/id")
                        .asText())
                .isEqualTo("nobody");
        assertThat(api.asRoot("DELETE", "/groups/staff/members/nobody").status())
                .isEqualTo(204);
        assertThat(api.asRoot("GET", "/groups/staff/members").text()).isEqualTo("{\"members\":[]}");
        assertThat(api.asRoot("PUT", "/groups/staff/members/unknown").status()).isEqualTo(404);
    }

    @Test
    public void destroysOne() throws IOException {
        assertThat(api.asRoot("DELETE", "/groups/staff").status()).isEqualTo(204);
        assertThat(api.asRoot("GET", "/groups/staff/members").status()).isEqualTo(404);
    }
}

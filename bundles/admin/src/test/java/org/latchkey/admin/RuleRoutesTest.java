package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;
import org.latchkey.api.Group;

public class RuleRoutesTest {

    private final TestApi api = new TestApi();

    @Test
    public void row58_rulesComeAndGo() throws IOException {
        api.directory.groups.put("all", Group.named("all"));
        assertThat(api.asRoot("GET", "/groups/all/rules").text()).isEqualTo("{\"rules\":{}}");
        assertThat(api.asRoot("PUT", "/groups/all/rules/staff", "{\"rule\":\"include\"}")
                        .status())
                .isEqualTo(204);
        assertThat(api.asRoot("GET", "/groups/all/rules").text()).isEqualTo("{\"rules\":{\"staff\":\"include\"}}");
        assertThat(api.asRoot("PUT", "/groups/all/rules/staff", "{\"rule\":\"EXCLUDE\"}")
                        .status())
                .isEqualTo(204);
        assertThat(api.asRoot("GET", "/groups/all").json().at("/rules/staff").asText())
                .isEqualTo("exclude");
        assertThat(api.asRoot("DELETE", "/groups/all/rules/staff").status()).isEqualTo(204);
        assertThat(api.asRoot("DELETE", "/groups/all/rules/staff").status()).isEqualTo(404);
    }

    @Test
    public void aRuleIsOneOfTwoAndForAGroupThatIsThere() throws IOException {
        TestApi.Reply other = api.asRoot("PUT", "/groups/staff/rules/staff", "{\"rule\":\"like\"}");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.pointer()).isEqualTo("/rule");
        assertThat(api.asRoot("PUT", "/groups/staff/rules/staff", "{}").pointer())
                .isEqualTo("/rule");
        assertThat(api.asRoot("PUT", "/groups/staff/rules/unknown", "{\"rule\":\"include\"}")
                        .status())
                .isEqualTo(404);
        assertThat(api.asRoot("GET", "/groups/unknown/rules").status()).isEqualTo(404);
    }
}

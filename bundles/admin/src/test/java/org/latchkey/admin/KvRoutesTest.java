package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class KvRoutesTest {

    private static final List<String> OWNERS = List.of("/entities/nobody", "/groups/staff");

    private final TestApi api = new TestApi();

    @Test
    public void valuesKeepTheirOrder() throws IOException {
        for (String owner : OWNERS) {
            assertThat(api.asRoot("PUT", owner + "/kv/k", "{\"values\":[\"b\",\"a\",\"b\"]}")
                            .status())
                    .isEqualTo(204);
            assertThat(api.asRoot("PUT", owner + "/kv/one", "{\"value\":\"x\"}").status())
                    .isEqualTo(204);
            assertThat(api.asRoot("GET", owner + "/kv/k").text())
                    .isEqualTo("{\"key\":\"k\",\"values\":[\"b\",\"a\",\"b\"]}");
            assertThat(api.asRoot("GET", owner + "/kv").text())
                    .isEqualTo("{\"kv\":{\"k\":[\"b\",\"a\",\"b\"],\"one\":[\"x\"]}}");
        }
    }

    @Test
    public void aKeyCanBeRemoved() throws IOException {
        for (String owner : OWNERS) {
            api.asRoot("PUT", owner + "/kv/k", "{\"value\":\"x\"}");
            assertThat(api.asRoot("DELETE", owner + "/kv/k").status()).isEqualTo(204);
            assertThat(api.asRoot("GET", owner + "/kv/k").status()).isEqualTo(404);
            assertThat(api.asRoot("GET", owner + "/kv").text()).isEqualTo("{\"kv\":{}}");
            assertThat(api.asRoot("DELETE", owner + "/kv/k").status()).isEqualTo(404);
        }
    }

    @Test
    public void row50_keysOfOneNameAreReadByTheirIndexAndClearedTogether() throws IOException {
        for (String owner : OWNERS) {
            for (String key : new String[] {"phone{10}", "phones", "phone{2}", "phone"}) {
                api.asRoot("PUT", owner + "/kv/" + key, "{\"value\":\"x\"}");
            }
            FakeRequest all = FakeRequest.of("GET", "/v1" + owner + "/kv");
            assertThat(api.as("root", all.withQuery(Map.of("name", List.of("phone"))))
                            .text())
                    .isEqualTo("{\"kv\":{\"phone\":[\"x\"],\"phone{2}\":[\"x\"],\"phone{10}\":[\"x\"]}}");
            assertThat(api.as("root", all.withQuery(Map.of("name", List.of("*"))))
                            .json()
                            .at("/kv")
                            .size())
                    .isEqualTo(4);
            FakeRequest clear = FakeRequest.of("DELETE", "/v1" + owner + "/kv/phone");
            FakeRequest fuzzy = clear.withQuery(Map.of("fuzzy", List.of("true")));
            assertThat(api.as("root", fuzzy).status()).isEqualTo(204);
            assertThat(api.as("root", fuzzy).status()).isEqualTo(204);
            assertThat(api.asRoot("GET", owner + "/kv").text()).isEqualTo("{\"kv\":{\"phones\":[\"x\"]}}");
            assertThat(api.as("root", clear.withQuery(Map.of("fuzzy", List.of("maybe"))))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    public void row51_aKeyIsAddedOnce() throws IOException {
        for (String owner : OWNERS) {
            TestApi.Reply added = api.asRoot("POST", owner + "/kv", "{\"key\":\"a b/c\",\"values\":[\"2\",\"1\"]}");
            assertThat(added.status()).isEqualTo(201);
            assertThat(added.headers()).containsEntry("Location", "/api/v1" + owner + "/kv/a%20b%2Fc");
            assertThat(added.text()).isEqualTo("{\"key\":\"a b/c\",\"values\":[\"2\",\"1\"]}");
            assertThat(api.asRoot("POST", owner + "/kv", "{\"key\":\"a b/c\",\"value\":\"3\"}")
                            .status())
                    .isEqualTo(409);
            assertThat(api.asRoot("POST", owner + "/kv", "{\"value\":\"3\"}").pointer())
                    .isEqualTo("/key");
        }
    }

    private TestApi.Reply put(String owner, String header, String value) throws IOException {
        return api.as(
                "root",
                FakeRequest.of("PUT", "/v1" + owner + "/kv/k")
                        .withBody("application/json", "{\"value\":\"" + header + "\"}")
                        .withHeader(header, value));
    }

    @Test
    public void row51_underAPreconditionAKeyIsReplacedOnlyOrAddedOnly() throws IOException {
        for (String owner : OWNERS) {
            assertThat(put(owner, "If-Match", "*").status()).isEqualTo(412);
            assertThat(put(owner, "If-None-Match", "*").status()).isEqualTo(204);
            assertThat(put(owner, "If-None-Match", "*").status()).isEqualTo(412);
            assertThat(put(owner, "If-Match", "*").status()).isEqualTo(204);
            assertThat(api.asRoot("GET", owner + "/kv/k").json().at("/values/0").asText())
                    .isEqualTo("If-Match");
            assertThat(put(owner, "If-Match", "\"tag\"").status()).isEqualTo(400);
            assertThat(put(owner, "If-None-Match", "\"tag\"").status()).isEqualTo(400);
        }
        FakeRequest both = FakeRequest.of("PUT", "/v1/groups/staff/kv/k")
                .withBody("application/json", "{\"value\":\"x\"}")
                .withHeader("If-Match", "*")
                .withHeader("If-None-Match", "*");
        assertThat(api.as("root", both).status()).isEqualTo(400);
    }

    @Test
    public void thereIsNothingAtAnUnknownOwner() throws IOException {
        assertThat(api.asRoot("GET", "/entities/unknown/kv").status()).isEqualTo(404);
        assertThat(api.asRoot("GET", "/groups/unknown/kv/k").status()).isEqualTo(404);
        assertThat(api.asRoot("PUT", "/groups/unknown/kv/k", "{\"value\":\"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    public void oneFormOfValuesIsRequired() throws IOException {
        String path = "/entities/nobody/kv/k";
        assertThat(api.asRoot("PUT", path, "{}").status()).isEqualTo(400);
        assertThat(api.asRoot("PUT", path, "{\"value\":\"x\",\"values\":[\"y\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(api.asRoot("PUT", path, "{\"values\":[]}").pointer()).isEqualTo("/values");
        assertThat(api.asRoot("PUT", path, "{\"values\":[\"x\",7]}").pointer()).isEqualTo("/values/1");
        assertThat(api.asRoot("PUT", path, "{\"value\":null}").pointer()).isEqualTo("/value");
    }
}

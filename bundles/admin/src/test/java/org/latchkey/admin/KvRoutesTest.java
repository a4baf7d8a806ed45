package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;

public class KvRoutesTest {

    private final TestApi api = new TestApi();

    @Test
    public void valuesKeepTheirOrder() throws IOException {
        for (String owner : new String[] {"/entities/nobody", "/groups/staff"}) {
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
        for (String owner : new String[] {"/entities/nobody", "/groups/staff"}) {
            api.asRoot("PUT", owner + "/kv/k", "{\"value\":\"x\"}");
            assertThat(api.asRoot("DELETE", owner + "/kv/k").status()).isEqualTo(204);
            assertThat(api.asRoot("GET", owner + "/kv/k").status()).isEqualTo(404);
            assertThat(api.asRoot("GET", owner + "/kv").text()).isEqualTo("{\"kv\":{}}");
        }
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

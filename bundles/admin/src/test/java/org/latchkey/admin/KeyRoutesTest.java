package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class KeyRoutesTest {

    private static final String KEYS = "/entities/nobody/keys";
    private static final String KEY = "ssh-ed25519 AAAA+/= ada@home";

    private final TestApi api = new TestApi();

    private static String body(String type, String key) {
        return "{\"type\":\"" + type + "\",\"key\":\"" + key + "\"}";
    }

    private TestApi.Reply remove(String who, String type, String key) throws IOException {
        return api.as(
                who,
                FakeRequest.of("DELETE", "/v1" + KEYS).withQuery(Map.of("type", List.of(type), "key", List.of(key))));
    }

    @Test
    public void row52_keysAreAddedReadAndRemovedExactly() throws IOException {
        TestApi.Reply added = api.asRoot("POST", KEYS, body("SSH", KEY));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.headers())
                .containsEntry("Location", "/api/v1" + KEYS + "?type=SSH&key=ssh-ed25519+AAAA%2B%2F%3D+ada%40home");
        assertThat(added.json().at("/key").asText()).isEqualTo(KEY);
        assertThat(api.asRoot("POST", KEYS, body("SSH", KEY)).status()).isEqualTo(409);
        api.asRoot("POST", KEYS, body("PGP", "0xABCD"));

        assertThat(api.asRoot("GET", KEYS).text())
                .isEqualTo("{\"keys\":{\"SSH\":[\"" + KEY + "\"],\"PGP\":[\"0xABCD\"]}}");
        FakeRequest ofType = FakeRequest.of("GET", "/v1" + KEYS).withQuery(Map.of("type", List.of("PGP")));
        assertThat(api.as("root", ofType).text()).isEqualTo("{\"keys\":{\"PGP\":[\"0xABCD\"]}}");

        assertThat(remove("root", "SSH", "ssh-ed25519").status()).isEqualTo(404);
        assertThat(remove("root", "SSH", KEY).status()).isEqualTo(204);
        assertThat(remove("root", "SSH", KEY).status()).isEqualTo(404);
    }

    @Test
    public void entitiesKeepTheirOwn() throws IOException {
        FakeRequest add = FakeRequest.of("POST", "/v1" + KEYS).withBody("application/json", body("SSH", "one"));
        assertThat(api.as("nobody", add).status()).isEqualTo(201);
        assertThat(remove("nobody", "SSH", "one").status()).isEqualTo(204);
        FakeRequest other =
                FakeRequest.of("POST", "/v1/entities/root/keys").withBody("application/json", body("SSH", "one"));
        assertThat(api.as("nobody", other).status()).isEqualTo(403);
    }

    @Test
    public void bothPartsAreRequired() throws IOException {
        assertThat(api.asRoot("POST", KEYS, "{\"type\":\"SSH\"}").pointer()).isEqualTo("/key");
        assertThat(api.asRoot("POST", KEYS, "{\"key\":\"k\"}").pointer()).isEqualTo("/type");
        assertThat(api.asRoot("DELETE", KEYS).status()).isEqualTo(400);
        FakeRequest typed = FakeRequest.of("DELETE", "/v1" + KEYS).withQuery(Map.of("type", List.of("SSH")));
        assertThat(api.as("root", typed).status()).isEqualTo(400);
        assertThat(api.asRoot("GET", "/entities/unknown/keys").status()).isEqualTo(404);
    }
}

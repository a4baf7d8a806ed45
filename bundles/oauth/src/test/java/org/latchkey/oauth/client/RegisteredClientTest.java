package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.oauth.Client;

public class RegisteredClientTest {

    private static RegisteredClient client(Map<String, Object> metadata) {
        return new RegisteredClient(new Client("app", metadata, List.of(), false, Set.of()));
    }

    @Test
    public void defaults() {
        RegisteredClient client = client(Map.of());
        assertThat(client.authMethod()).isEqualTo("client_secret_basic");
        assertThat(client.isPublic()).isFalse();
        assertThat(client.grantTypes()).containsExactly("authorization_code");
        assertThat(client.responseTypes()).containsExactly("code");
        assertThat(client.scope()).isEmpty();
        assertThat(client.sector()).isEmpty();
        assertThat(client(Map.of("response_types", List.of())).responseTypes()).isEmpty();
        assertThat(client(Map.of("response_types", List.of("id_token  code"))).responseTypes())
                .containsExactly("code id_token");
    }

    @Test
    public void aScopeThatIsThereButEmptyIsNone() {
        assertThat(client(Map.of("scope", "")).scope()).contains(Set.of());
        assertThat(client(Map.of("scope", " openid  email ")).scope()).contains(Set.of("openid", "email"));
    }

    @Test
    public void theSectorIsOneHost() {
        List<String> one = List.of("https://a.example/1", "https://a.example:8443/2");
        List<String> two = List.of("https://a.example/1", "https://b.example/1");
        assertThat(client(Map.of("redirect_uris", one)).sector()).contains("a.example");
        assertThat(client(Map.of("redirect_uris", two)).sector()).isEmpty();
        assertThat(client(Map.of("redirect_uris", two, "sector_identifier_uri", "https://s.example/x"))
                        .sector())
                .contains("s.example");
        assertThat(client(Map.of("redirect_uris", List.of("org.example:/cb"))).sector())
                .isEmpty();
    }

    @Test
    public void o30_aPlaceAfterLogoutIsComparedExactly() {
        RegisteredClient client = client(Map.of(
                "post_logout_redirect_uris",
                List.of("https://a.example/bye", "http://127.0.0.1/bye", "javascript:alert(1)")));
        assertThat(client.hasPostLogoutRedirectUri("https://a.example/bye")).isTrue();
        for (String bad : List.of(
                "https://a.example/bye?x=1",
                "https://a.example/bye/",
                "https://a.example/",
                "http://127.0.0.1:80/bye",
                "javascript:alert(1)",
                "")) {
            assertThat(client.hasPostLogoutRedirectUri(bad)).as(bad).isFalse();
        }
    }
}

package org.latchkey.oauth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.client.Asked;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.client.Secrets;
import org.latchkey.oauth.client.StoredClient;

public class RegistrationEndpointTest extends RegistrationFixture {

    @Test
    public void rfc7591_aClientIsTold_whatItIsRegisteredAs() throws Exception {
        Map<String, Object> said = with(
                WEB,
                "client_name",
                "App",
                "token_endpoint_auth_method",
                "client_secret_post",
                "response_types",
                List.of("code"),
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "id_token_signed_response_alg",
                "ES256");
        Map<String, Object> client = registered(said);
        assertThat(client).containsAllEntriesOf(said);
        String id = (String) client.get("client_id");
        assertThat(client)
                .containsEntry("client_id_issued_at", (int) clock.instant().getEpochSecond())
                .containsEntry("client_secret_expires_at", 0)
                .containsEntry("registration_client_uri", "https://id.example/oidc/register/" + id);
        assertThat(clients.find("oidc", id).orElseThrow().secretHashes())
                .containsExactly(Secrets.hash((String) client.get("client_secret")));
        assertThat(store.get("oauth.client", "oidc/" + id).orElseThrow().body())
                .doesNotContain(token(client))
                .doesNotContain((String) client.get("client_secret"));
        assertThat(audit.last().type() + " " + audit.last().subject()).isEqualTo("oauth.client.registered " + id);
        assertThat(registered(with(WEB, "token_endpoint_auth_method", "none")))
                .doesNotContainKey("client_secret")
                .doesNotContainKey("client_secret_expires_at");
    }

    @Test
    public void oidcc_registration_logo_policy_and_tos_uri() throws Exception {
        for (String member : List.of("logo_uri", "policy_uri", "tos_uri")) {
            assertThat(registered(with(WEB, member, "https://app.example/x"))).containsKey(member);
        }
        assertThat(fetched).isEmpty();
    }

    @Test
    public void oidcc_registration_jwks_uri_isKeptAndNotFetched() throws Exception {
        assertThat(registered(with(
                        WEB, "token_endpoint_auth_method", "private_key_jwt", "jwks_uri", "https://app.example/jwks")))
                .containsEntry("jwks_uri", "https://app.example/jwks")
                .doesNotContainKey("client_secret");
        assertThat(fetched).isEmpty();
    }

    @Test
    public void oidcc_registration_sector_uri() throws Exception {
        published = "[\"https://app.example/cb\",\"https://other.example/cb\"]";
        Map<String, Object> said = Map.of(
                "redirect_uris",
                List.of("https://app.example/cb", "https://other.example/cb"),
                "subject_type",
                "pairwise",
                "sector_identifier_uri",
                "https://app.example/sector.json");
        assertThat(registered(said)).containsAllEntriesOf(said);
    }

    @Test
    public void oidcc_registration_sector_bad() throws Exception {
        Map<String, Object> said = with(WEB, "sector_identifier_uri", "https://app.example/sector.json");
        for (String bad : List.of(
                "",
                "[]",
                "[\"https://app.example/cb2\"]",
                "{\"a\":\"https://app.example/cb\"}",
                "[[\"https://app.example/cb\"]]",
                "[\"https://app.example/cb\",1]",
                "\"https://app.example/cb\"",
                "null",
                "<html>")) {
            published = bad;
            refused("invalid_client_metadata", said);
        }
    }

    @Test
    public void oidcc_redirect_uri_regfrag() throws Exception {
        refused("invalid_redirect_uri", Map.of("redirect_uris", List.of("https://app.example/cb#frag")));
    }

    @Test
    public void oidcc_redirect_uri_query_OK() throws Exception {
        Map<String, Object> said = Map.of("redirect_uris", List.of("https://app.example/cb?foo=bar"));
        assertThat(registered(said)).containsAllEntriesOf(said);
    }

    @Test
    public void o27_whatAClientHasNoSayInIsNotKept() throws Exception {
        Map<String, Object> client = registered(with(
                WEB,
                "client_id",
                "chosen",
                "client_secret",
                "chosen",
                "trusted",
                true,
                "groups",
                List.of("wheel"),
                "owner",
                "root",
                "registration_access_token",
                "chosen",
                "software_statement",
                "bad"));
        assertThat(client)
                .doesNotContainValue("chosen")
                .doesNotContainKeys("trusted", "groups", "owner", "software_statement");
        StoredClient stored =
                clients.stored("oidc", (String) client.get("client_id")).orElseThrow();
        assertThat(stored.trusted()).isFalse();
        assertThat(stored.groups()).isEmpty();
        assertThat(stored.metadata()).doesNotContainKeys("trusted", "groups", "owner", "client_id", "client_secret");
    }

    @Test
    public void o27_whatIsNotOfferedIsRefused() throws Exception {
        refused("invalid_redirect_uri", Map.of("redirect_uris", List.of("http://app.example/cb")));
        refused("invalid_redirect_uri", Map.of("redirect_uris", List.of("javascript:alert(1)")));
        refused("invalid_redirect_uri", Map.of());
        refused("invalid_client_metadata", with(WEB, "grant_types", List.of("authorization_code", "password")));
        refused("invalid_client_metadata", with(WEB, "scope", "openid admin"));
        refused("invalid_client_metadata", with(WEB, "logo_uri", "http://169.254.169.254/latest"));
        assertThat(fetched).isEmpty();
    }

    @Test
    public void o27_withoutAScopeAClientGetsWhatSuchClientsAreOfferedAndNoMore() throws Exception {
        for (Map<String, Object> said : List.of(WEB, nullScope())) {
            assertThat(registered(said)).containsEntry("scope", "offline_access openid profile");
        }
        Map<String, Object> none = registered(with(WEB, "scope", ""));
        String id = (String) none.get("client_id");
        assertThat(new RegisteredClient(clients.find("oidc", id).orElseThrow()).scope())
                .contains(Set.of());
    }

    private static Map<String, Object> nullScope() {
        return with(WEB, "scope", null);
    }

    @Test
    public void aBodyThatIsNoneIsRefused() throws Exception {
        for (String bad : List.of("", "[]", "{\"redirect_uris\":[],\"redirect_uris\":[]}", "{")) {
            Response answer = open.handle(Asked.of("POST", "/register").withJson(bad));
            assertThat(answer.status() + " " + json(answer).get("error")).isEqualTo("400 invalid_client_metadata");
        }
        assertThat(open.handle(Asked.of("POST", "/register")).status()).isEqualTo(400);
        assertThat(open.handle(Asked.of("GET", "/register")).headers()).containsEntry("Allow", "POST");
        assertThat(open.handle(Asked.of("POST", "/register/x")).status()).isEqualTo(405);
    }

    @Test
    public void withoutAnAuditLogNothingIsRegistered() throws Exception {
        audit.breakDown();
        assertThat(post(WEB).status()).isEqualTo(503);
        assertThat(clients.list("oidc", "", 10).items()).isEmpty();
    }
}

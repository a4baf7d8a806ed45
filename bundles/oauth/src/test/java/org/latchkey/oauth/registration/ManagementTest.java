package org.latchkey.oauth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.oauth.client.StoredClient;

public class ManagementTest extends RegistrationFixture {

    @Test
    public void rfc7592_aClientReadsChangesAndRemovesItself() throws Exception {
        Map<String, Object> client = registered(with(WEB, "client_name", "App"));
        Response read = manage("GET", client, token(client), Map.of());
        assertThat(read.status()).isEqualTo(200);
        Map<String, Object> expected = new LinkedHashMap<>(client);
        expected.keySet().removeAll(Set.of("client_secret", "client_secret_expires_at"));
        assertThat(json(read)).isEqualTo(expected);

        Map<String, Object> said =
                with(WEB, "client_id", client.get("client_id"), "client_uri", "https://app.example/");
        Response updated = manage("PUT", client, token(client), said);
        assertThat(updated.status()).isEqualTo(200);
        Map<String, Object> now = json(updated);
        assertThat(now).containsAllEntriesOf(said).doesNotContainKeys("client_name", "client_secret");
        assertThat(token(now)).isNotEqualTo(token(client));

        Response gone = manage("DELETE", client, token(now), Map.of());
        assertThat(gone.status()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
        assertThat(manage("GET", client, token(now), Map.of()).status()).isEqualTo(401);
        assertThat(audit.events())
                .extracting(AuditEvent::type)
                .containsExactly("oauth.client.registered", "oauth.client.changed", "oauth.client.deleted");
    }

    @Test
    public void o28_whatWasReadCanBePutBackWithoutALoss() throws Exception {
        Map<String, Object> client = registered(with(
                WEB,
                "client_name#de",
                "Anwendung",
                "scope",
                "openid",
                "jwks",
                keys(),
                "default_max_age",
                60,
                "require_auth_time",
                true,
                "default_acr_values",
                List.of("1")));
        String id = (String) client.get("client_id");
        StoredClient stored = clients.stored("oidc", id).orElseThrow();
        clients.replace(
                "oidc",
                stored.withMetadata(with(stored.metadata(), "scope", "openid admin"))
                        .withTrust(true, Set.of("staff")),
                "root");
        StoredClient before = clients.stored("oidc", id).orElseThrow();

        Map<String, Object> read = json(manage("GET", client, token(client), Map.of()));
        Response back = manage("PUT", client, token(client), read);
        assertThat(back.status()).isEqualTo(200);
        StoredClient after = clients.stored("oidc", id).orElseThrow();
        assertThat(after.metadata()).isEqualTo(before.metadata()).containsEntry("scope", "openid admin");
        assertThat(after.client(clock.instant())).isEqualTo(before.client(clock.instant()));
        assertThat(after.createdAt()).isEqualTo(before.createdAt());

        Map<String, Object> wholeAnswer = with(json(back), "client_secret", client.get("client_secret"));
        assertThat(manage("PUT", client, token(json(back)), wholeAnswer).status())
                .isEqualTo(200);
    }

    private static Map<String, Object> keys() throws JOSEException {
        return new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("1").generate()).toJSONObject(true);
    }

    @Test
    public void o28_whatIsChangedIsJudged() throws Exception {
        Map<String, Object> client = registered(WEB);
        Map<String, Object> read = json(manage("GET", client, token(client), Map.of()));
        for (Map<String, Object> bad : List.of(
                with(read, "client_name", 7),
                with(read, "scope", "admin"),
                with(read, "client_id", "other"),
                with(read, "client_secret", "chosen"),
                with(read, "redirect_uris", List.of("http://app.example/")))) {
            assertThat(manage("PUT", client, token(client), bad).status())
                    .as(bad.toString())
                    .isEqualTo(400);
        }
        Map<String, Object> without = new LinkedHashMap<>(read);
        without.remove("client_id");
        assertThat(manage("PUT", client, token(client), without).status()).isEqualTo(400);
        assertThat(manage("GET", client, token(client), Map.of()).status())
                .as("a refused update does not change the token")
                .isEqualTo(200);
    }

    @Test
    public void o29_onlyItsOwnTokenOfNowIsGood() throws Exception {
        Map<String, Object> mine = registered(WEB);
        Map<String, Object> other = registered(WEB);
        String used = token(mine);
        String fresh = token(json(manage("PUT", mine, used, with(WEB, "client_id", mine.get("client_id")))));
        clients.create("oidc", StoredClient.of("operators", WEB, clock.instant()), "root");
        for (String method : List.of("GET", "PUT", "DELETE")) {
            for (String bad : List.of(token(other), used, "", "root", (String) mine.get("client_secret"))) {
                Response answer = manage(method, mine, bad, with(WEB, "client_id", mine.get("client_id")));
                assertThat(answer.status()).as(method).isEqualTo(401);
                assertThat(json(answer)).containsEntry("error", "invalid_token");
                assertThat(answer.headers()).containsKey("WWW-Authenticate");
            }
            for (String id : List.of("operators", "nobody", "a/b", "")) {
                assertThat(manage(method, Map.of("client_id", id), fresh, Map.of("client_id", id))
                                .status())
                        .isEqualTo(401);
            }
        }
        assertThat(manage("GET", mine, fresh, Map.of()).status()).isEqualTo(200);
    }

    @Test
    public void theSecretFollowsWhatTheClientBecomes() throws Exception {
        Map<String, Object> client = registered(with(WEB, "token_endpoint_auth_method", "none"));
        Map<String, Object> confidential =
                json(manage("PUT", client, token(client), with(WEB, "client_id", client.get("client_id"))));
        assertThat(confidential).containsKey("client_secret");
        Map<String, Object> signing = json(manage(
                "PUT",
                client,
                token(confidential),
                with(WEB, "client_id", client.get("client_id"), "token_endpoint_auth_method", "client_secret_jwt")));
        assertThat(clients.signingSecrets("oidc", (String) client.get("client_id")))
                .containsExactly((String) signing.get("client_secret"));
    }

    /** It would give itself the tokens of others. */
    @Test
    public void o27_whatOnlyOperatorsSayOfAClientItDoesNotSayItself() throws Exception {
        Map<String, Object> greedy = with(
                WEB,
                "resources",
                List.of("https://api.example/"),
                "introspects_all",
                true,
                "exchange_audiences",
                List.of("https://api.example/"),
                "exchange_actors",
                List.of("me"));
        Map<String, Object> client = registered(greedy);
        String[] names = {"resources", "introspects_all", "exchange_audiences", "exchange_actors"};
        assertThat(client).doesNotContainKeys(names);

        String id = (String) client.get("client_id");
        StoredClient stored = clients.stored("oidc", id).orElseThrow();
        Map<String, Object> granted = with(stored.metadata(), "resources", List.of("https://own.example/"));
        clients.replace("oidc", stored.withMetadata(granted), "root");
        Map<String, Object> now = json(manage("PUT", client, token(client), with(greedy, "client_id", id)));
        assertThat(now).containsEntry("resources", List.of("https://own.example/"));
        assertThat(now).doesNotContainKeys("introspects_all", "exchange_audiences", "exchange_actors");
    }
}

package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.http.Request;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.ClientRegistry;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryStore;

public class ClientAuthenticationTest {

    private static final Asked TOKEN = Asked.of("POST", "/token");

    private final MemoryStore store = new MemoryStore();
    private final StoredClients stored = new StoredClients(store);
    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final Clock clock = Clock.systemUTC();
    private final ClientAuthentication authentication = new ClientAuthentication(
            new Clients(points, stored, "oidc"),
            Issuer.of("https://id.example", "oidc"),
            new ClientKeys(
                    uri -> {
                        throw new java.io.IOException("not here");
                    },
                    clock),
            new Once(store, clock),
            clock);

    private String basic;
    private String post;

    @Before
    public void register() {
        basic = register("basic", "client_secret_basic");
        post = register("post", "client_secret_post");
        register("public", "none");
    }

    private String register(String id, String method) {
        StoredClients.Issued issued = stored.withFittingSecret(
                "oidc", StoredClient.of(id, Map.of("token_endpoint_auth_method", method), Instant.EPOCH));
        stored.create("oidc", issued.client(), "root");
        return issued.secret().orElse("");
    }

    private static Asked withBasic(String id, String secret) {
        String pair =
                URLEncoder.encode(id, StandardCharsets.UTF_8) + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return TOKEN.withHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private String authenticated(Request request, Map<String, String> form) throws Refused {
        return authentication.authenticate(request, Parameters.ofValues(form)).id();
    }

    private Refused refused(Request request, Map<String, String> form) {
        Refused[] refused = new Refused[1];
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> authenticated(request, form))
                .satisfies(no -> refused[0] = no);
        return refused[0];
    }

    @Test
    public void eachWay() throws Exception {
        assertThat(authenticated(withBasic("basic", basic), Map.of())).isEqualTo("basic");
        assertThat(authenticated(withBasic("basic", basic), Map.of("client_id", "basic")))
                .isEqualTo("basic");
        assertThat(authenticated(TOKEN, Map.of("client_id", "post", "client_secret", post)))
                .isEqualTo("post");
        assertThat(authenticated(TOKEN, Map.of("client_id", "public"))).isEqualTo("public");
    }

    @Test
    public void ofBasicBothPartsAreFormEncoded() throws Exception {
        String secret = "a+b %:/\u00e9&=";
        points.add(
                ClientRegistry.class,
                (instance, id) ->
                        Optional.of(new Client(id, Map.of(), List.of(Secrets.hash(secret)), false, Set.of())));
        assertThat(authenticated(withBasic("https://a.example/?x:y z", secret), Map.of()))
                .isEqualTo("https://a.example/?x:y z");
    }

    @Test
    public void onlyTheRegisteredWayIsTaken() {
        refused(withBasic("post", post), Map.of());
        refused(TOKEN, Map.of("client_id", "basic", "client_secret", basic));
        refused(TOKEN, Map.of("client_id", "basic"));
        refused(TOKEN, Map.of("client_id", "post"));
        refused(TOKEN, Map.of("client_id", "public", "client_secret", "x"));
        refused(withBasic("public", "x"), Map.of());
    }

    @Test
    public void o16_aSecretInTheQueryIsRefused() {
        Asked inQuery = TOKEN.withQuery("client_secret", post);
        assertThat(refused(inQuery, Map.of("client_id", "post")).error()).isEqualTo("invalid_request");
        assertThat(refused(inQuery, Map.of("client_id", "post", "client_secret", post))
                        .error())
                .isEqualTo("invalid_request");
        assertThat(refused(TOKEN.withQuery("client_assertion", "x"), Map.of()).error())
                .isEqualTo("invalid_request");
    }

    @Test
    public void o16_twoWaysAtOnceAreRefused() {
        for (Map<String, String> form : List.of(
                Map.of("client_id", "basic", "client_secret", basic),
                Map.of("client_assertion_type", Presented.ASSERTION_TYPE, "client_assertion", "x.y.z"))) {
            assertThatExceptionOfType(Refused.class).isThrownBy(() -> authenticated(withBasic("basic", basic), form));
        }
        assertThat(refused(withBasic("basic", basic), Map.of("client_id", "basic", "client_secret", basic))
                        .error())
                .isEqualTo("invalid_request");
        assertThat(refused(withBasic("basic", basic), Map.of("client_id", "public"))
                        .error())
                .isEqualTo("invalid_request");
    }

    @Test
    public void o16_wrongSecretsOfAnyLengthAndUnknownClientsAreToldTheSame() {
        Refused unknown = refused(TOKEN, Map.of("client_id", "nobody", "client_secret", post));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.headers()).isEmpty();
        for (String wrong : List.of("x", post.substring(1), post + "x", "x".repeat(60_000), post.toUpperCase())) {
            Refused no = refused(TOKEN, Map.of("client_id", "post", "client_secret", wrong));
            assertThat(no.json()).isEqualTo(unknown.json());
            assertThat(no.status()).isEqualTo(401);
        }
        assertThat(refused(TOKEN, Map.of("client_id", "nobody")).json()).isEqualTo(unknown.json());
        assertThat(refused(TOKEN, Map.of("client_id", "basic")).json()).isEqualTo(unknown.json());
        assertThat(unknown.json()).containsEntry("error", "invalid_client");
    }

    @Test
    public void o16_whoTriedBasicIsChallenged() {
        for (Asked request : List.of(
                withBasic("basic", "wrong"),
                withBasic("nobody", "wrong"),
                TOKEN.withHeader("Authorization", "Basic !!!"),
                TOKEN.withHeader("Authorization", "basic bm9jb2xvbg=="),
                TOKEN.withHeader("Authorization", "Basic JTp4"))) {
            Refused no = refused(request, Map.of());
            assertThat(no.error()).isEqualTo("invalid_client");
            assertThat(no.status()).isEqualTo(401);
            assertThat(no.headers().get("WWW-Authenticate")).startsWith("Basic realm=");
        }
    }

    @Test
    public void nobodyIsNoClient() {
        assertThat(refused(TOKEN, Map.of()).error()).isEqualTo("invalid_client");
        assertThat(refused(TOKEN.withHeader("Authorization", "Bearer x"), Map.of())
                        .error())
                .isEqualTo("invalid_client");
    }

    @Test
    public void aSecretThatHasEndedIsWrong() throws Exception {
        StoredClients.Issued issued =
                stored.withNewSecret("oidc", stored.stored("oidc", "post").orElseThrow(), Duration.ZERO);
        stored.replace("oidc", issued.client(), "root");
        assertThat(refused(TOKEN, Map.of("client_id", "post", "client_secret", post))
                        .status())
                .isEqualTo(401);
        assertThat(authenticated(
                        TOKEN,
                        Map.of(
                                "client_id",
                                "post",
                                "client_secret",
                                issued.secret().orElseThrow())))
                .isEqualTo("post");
    }

    @Test
    public void aRegistryThatFailsIsA503() {
        points.add(ClientRegistry.class, (instance, id) -> {
            throw new IllegalStateException("broken");
        });
        Refused no = refused(TOKEN, Map.of("client_id", "nobody"));
        assertThat(no.status() + no.error()).isEqualTo("503temporarily_unavailable");
    }
}

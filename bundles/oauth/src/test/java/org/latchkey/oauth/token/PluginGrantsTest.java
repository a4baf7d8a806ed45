package org.latchkey.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.Grant;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.testkit.LocalExtensionPoints;

public class PluginGrantsTest {

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final NoInstance instance = new NoInstance();
    private final PluginGrants grants = new PluginGrants(
            points,
            instance,
            new GrantedAnswers(new GrantedAnswers.Parts(null, null, null, null, null, null, null, null)));

    /** A grant that answers everything in one way. */
    private record Fixed(String type, Function<Request, Optional<Response>> page) implements Grant {
        @Override
        public Granted grant(TokenRequest request) {
            throw new Refusal("authorization_pending", "Not yet.");
        }

        @Override
        public Optional<Response> handle(Instance at, Request request) {
            return page.apply(request);
        }
    }

    private static final class NoInstance implements Grant.Instance {
        @Override
        public String issuer() {
            return "https://id.example.org/oidc";
        }

        @Override
        public String path() {
            return "/oidc";
        }

        @Override
        public Grant.TokenRequest authenticated(Request request) {
            throw new AssertionError();
        }

        @Override
        public Optional<Client> client(String id) {
            return Optional.empty();
        }

        @Override
        public Set<String> scope(Client client, Optional<String> asked) {
            return Set.of();
        }

        @Override
        public Optional<Map<String, Object>> inspect(String token) {
            return Optional.empty();
        }
    }

    private void add(String type, Function<Request, Optional<Response>> page) {
        points.add(Grant.class, new Fixed(type, page));
    }

    @Test
    public void aGrantThatFailsKeepsNobodyFromThePathsOfTheOthers() {
        add("a", request -> {
            throw new IllegalStateException("broken");
        });
        add("b", request -> Optional.of(Response.empty(204)));
        assertThat(grants.handle(null)).map(Response::status).contains(204);
        assertThat(grants.types()).containsExactly("a", "b");
    }

    /** Never "there is no such path": it may have been one of the broken grant. */
    @Test
    public void aPathThatNobodyElseHasIsNotMissingIfAGrantFailed() {
        add("b", request -> Optional.empty());
        assertThat(grants.handle(null)).isEmpty();
        add("a", request -> {
            throw new IllegalStateException("broken");
        });
        assertThatExceptionOfType(PluginFault.class).isThrownBy(() -> grants.handle(null));
    }

    @Test
    public void aGrantSeesAllValuesAndNoCredentialsOfTheClient() throws Exception {
        Map<String, List<String>> form = Map.of(
                "client_id", List.of("app"),
                "client_secret", List.of("s"),
                "client_assertion", List.of("j"),
                "client_assertion_type", List.of("t"),
                "resource", List.of("https://a.example", "https://b.example"));
        RegisteredClient client = new RegisteredClient(new Client("app", Map.of(), List.of("hash"), false, Set.of()));
        Grant.TokenRequest asked = PluginGrants.asked(instance, client, Parameters.of(form), null);
        assertThat(asked.parameters()).containsOnlyKeys("client_id", "resource");
        assertThat(asked.texts("resource")).containsExactly("https://a.example", "https://b.example");
        assertThat(asked.text("client_id")).contains("app");
        assertThat(asked.text("scope")).isEmpty();
    }
}

package org.latchkey.grant.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.Grant;
import org.latchkey.api.oauth.Grant.Granted;
import org.latchkey.api.oauth.Grant.Subject;
import org.latchkey.api.oauth.Grant.TokenRequest;

public class ExchangeGrantTest {

    private static final String API = "https://api.example.org/";
    private static final String GATEWAY = "https://gw.example.org/";

    private final ExchangeGrant grant = new ExchangeGrant();
    private final Map<String, Map<String, Object>> tokens = new HashMap<>();
    private final Map<String, Object> metadata = new HashMap<>(Map.of(
            "resources", List.of(GATEWAY),
            "exchange_audiences", List.of(API, "api"),
            "exchange_actors", List.of("batch")));
    private final Map<String, List<String>> form = new HashMap<>(Map.of(
            "subject_token", List.of("of-ada"),
            "subject_token_type", List.of(Presented.TYPE),
            "resource", List.of(API)));

    private final Grant.Instance instance = new Grant.Instance() {
        @Override
        public String issuer() {
            return "https://id.example.org/oidc";
        }

        @Override
        public String path() {
            return "/oidc";
        }

        @Override
        public TokenRequest authenticated(Request request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Client> client(String id) {
            return Optional.empty();
        }

        @Override
        public Set<String> scope(Client client, Optional<String> asked) {
            return asked.map(words -> Set.of(words.split(" "))).orElse(Set.of());
        }

        @Override
        public Optional<Map<String, Object>> inspect(String token) {
            return Optional.ofNullable(tokens.get(token));
        }
    };

    {
        token("of-ada", "sub", "ada", "client_id", "web", "aud", List.of(GATEWAY), "scope", "openid read write");
        token("of-batch", "sub", "batch", "client_id", "batch", "aud", "https://id.example.org/oidc", "scope", "");
        tokens.get("of-ada").put("auth_time", 1);
    }

    private void token(String value, Object... claims) {
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < claims.length; i += 2) {
            all.put((String) claims[i], claims[i + 1]);
        }
        tokens.put(value, all);
    }

    private Granted granted() {
        Client client = new Client("gateway", metadata, List.of(), false, Set.of());
        return grant.grant(new TokenRequest(instance, client, form, null));
    }

    private String refused() {
        return catchThrowableOfType(Refusal.class, this::granted).code();
    }

    private void actor(String token) {
        form.put("actor_token", List.of(token));
        form.put("actor_token_type", List.of(Presented.TYPE));
    }

    @Test
    public void rfc8693_itStandsOnTheSubjectToken() {
        Granted granted = granted();
        assertThat(granted.basis()).isEqualTo(new Subject("of-ada"));
        assertThat(granted.toString()).doesNotContain("of-ada");
        assertThat(granted.scope()).containsExactlyInAnyOrder("read", "write");
        assertThat(granted.audience()).containsExactly(API);
        assertThat(granted.refreshable()).isFalse();
        assertThat(granted.claims()).isEmpty();
        assertThat(granted.answer()).containsExactly(Map.entry("issued_token_type", Presented.TYPE));
    }

    @Test
    public void rfc8693_allTargetsAreTakenAndEachMustBeAllowed() {
        form.put("audience", List.of("api"));
        assertThat(granted().audience()).containsExactly(API, "api");
        form.put("audience", List.of("api", "other"));
        assertThat(refused()).isEqualTo("invalid_target");
        form.remove("audience");
        form.put("resource", List.of(API, "https://other.example.org/"));
        assertThat(refused()).isEqualTo("invalid_target");
    }

    @Test
    public void O_21_withoutAnAllowedAudienceThereIsNone() {
        metadata.remove("exchange_audiences");
        assertThat(refused()).isEqualTo("invalid_target");
    }

    @Test
    public void O_21_moreScopeThanTheSubjectHas() {
        for (String more : List.of("admin", "read admin", "openid", "offline_access")) {
            form.put("scope", List.of(more));
            assertThat(refused()).as(more).isEqualTo("invalid_scope");
        }
        form.put("scope", List.of("read"));
        assertThat(granted().scope()).containsExactly("read");
    }

    @Test
    public void O_21_aSubjectThatIsNotGood() {
        tokens.remove("of-ada");
        assertThat(refused()).isEqualTo("invalid_request");
    }

    @Test
    public void O_21_aSubjectThatIsNotMeantForTheClient() {
        metadata.remove("resources");
        assertThat(refused()).isEqualTo("invalid_request");
        tokens.get("of-ada").put("client_id", "gateway");
        assertThat(granted().audience()).containsExactly(API);
    }

    @Test
    public void O_21_aSubjectThatIsBoundToAKey() {
        tokens.get("of-ada").put("cnf", Map.of("jkt", "x"));
        assertThat(refused()).isEqualTo("invalid_request");
    }

    @Test
    public void O_21_mayActMissing() {
        actor("of-batch");
        assertThat(granted().claims()).containsEntry("act", Map.of("sub", "batch", "client_id", "batch"));
        metadata.remove("exchange_actors");
        assertThat(refused()).isEqualTo("invalid_request");
    }

    /** Somebody whose name is that of a client is not that client. */
    @Test
    public void O_21_aPersonIsNoClient() {
        actor("of-batch");
        tokens.get("of-batch").put("auth_time", 1);
        assertThat(refused()).isEqualTo("invalid_request");
    }

    @Test
    public void O_21_mayActNamesWhoMayAct() {
        actor("of-batch");
        metadata.remove("exchange_actors");
        for (Map<String, Object> permission : List.<Map<String, Object>>of(
                Map.of("sub", "batch"), Map.of("client_id", "batch"), Map.of("sub", "batch", "client_id", "batch"))) {
            tokens.get("of-ada").put("may_act", permission);
            assertThat(granted().claims()).containsKey("act");
        }
        metadata.put("exchange_actors", List.of("batch"));
        for (Object permission : List.of(
                Map.of("sub", "other"),
                Map.of("sub", "batch", "client_id", "other"),
                Map.of("sub", "batch", "email", "batch@example.org"),
                Map.of("iss", "https://id.example.org/oidc"),
                Map.of(),
                "batch")) {
            tokens.get("of-ada").put("may_act", permission);
            assertThat(refused()).as(permission.toString()).isEqualTo("invalid_request");
        }
    }

    @Test
    public void O_21_whatNamesWhoMayActIsForNobodyElse() {
        tokens.get("of-ada").put("may_act", Map.of("sub", "batch"));
        assertThat(refused()).isEqualTo("invalid_request");
    }

    @Test
    public void rfc8693_4_1_whoActedBeforeIsKept() {
        Map<String, Object> before = Map.of("sub", "web");
        tokens.get("of-ada").put("act", before);
        assertThat(granted().claims()).containsEntry("act", before);
        actor("of-batch");
        assertThat(granted().claims())
                .containsEntry("act", Map.of("sub", "batch", "client_id", "batch", "act", before));
    }

    @Test
    public void theChainOfThoseWhoActIsBounded() {
        actor("of-batch");
        Map<String, Object> act = Map.of("sub", "a1");
        for (int i = 2; i <= 4; i++) {
            act = Map.of("sub", "a" + i, "act", act);
        }
        tokens.get("of-ada").put("act", act);
        assertThat(granted().claims()).containsKey("act");
        tokens.get("of-ada").put("act", Map.of("sub", "a5", "act", act));
        assertThat(refused()).isEqualTo("invalid_request");
    }
}

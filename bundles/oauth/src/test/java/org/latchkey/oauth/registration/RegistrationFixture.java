package org.latchkey.oauth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.client.Asked;
import org.latchkey.oauth.client.ClientAudit;
import org.latchkey.oauth.client.Operators;
import org.latchkey.oauth.client.SectorIdentifier;
import org.latchkey.oauth.client.StoredClients;
import org.latchkey.oauth.client.TestOffers;
import org.latchkey.oauth.client.TwoTokens;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

/** An instance at which clients register, for the tests of it. */
class RegistrationFixture {

    static final Map<String, Object> WEB = Map.of("redirect_uris", List.of("https://app.example/cb"));

    final MemoryAudit audit = new MemoryAudit();
    final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    final MemoryStore store = new MemoryStore();
    final StoredClients clients = new StoredClients(store, gone -> {});
    final List<URI> fetched = new ArrayList<>();
    String published = "";
    final InitialTokens initialTokens = new InitialTokens(store, "oidc", clock);
    final ClientAudit clientAudit = new ClientAudit(audit, "oidc");
    final RegistrationEndpoint open = endpoint(Admission.OPEN);
    final RegistrationEndpoint closed = endpoint(Admission.INITIAL_TOKEN);
    final InitialTokensEndpoint operators =
            new InitialTokensEndpoint(initialTokens, new Operators(new TwoTokens()), clientAudit, clock);

    RegistrationEndpoint endpoint(Admission admission) {
        return new RegistrationEndpoint(new Registration(
                clients,
                TestOffers.all().issuer(),
                TestOffers::all,
                new SectorIdentifier(this::fetch),
                admission,
                initialTokens,
                clientAudit,
                clock));
    }

    String fetch(URI uri) throws IOException {
        fetched.add(uri);
        if (published.isEmpty()) {
            throw new IOException("nothing there");
        }
        return published;
    }

    static Map<String, Object> with(Map<String, Object> base, Object... members) {
        Map<String, Object> all = new LinkedHashMap<>(base);
        for (int i = 0; i < members.length; i += 2) {
            all.put((String) members[i], members[i + 1]);
        }
        return all;
    }

    static Map<String, Object> json(Response response) {
        return Json.object(new String(response.body(), StandardCharsets.UTF_8)).orElseThrow();
    }

    Response post(Map<String, Object> said) throws IOException {
        return open.handle(Asked.of("POST", "/register").withJson(Json.text(said)));
    }

    Map<String, Object> registered(Map<String, Object> said) throws IOException {
        Response answer = post(said);
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        return json(answer);
    }

    void refused(String error, Map<String, Object> said) throws IOException {
        Response answer = post(said);
        assertThat(answer.status()).as(said.toString()).isEqualTo(400);
        assertThat(json(answer)).containsEntry("error", error).containsKey("error_description");
        assertThat(clients.list("oidc", "", 10).items()).isEmpty();
    }

    Response manage(String method, Map<String, Object> client, String token, Map<String, Object> said)
            throws IOException {
        Asked asked = Asked.of(method, "/register/" + client.get("client_id")).withBearer(token);
        return open.handle(said.isEmpty() ? asked : asked.withJson(Json.text(said)));
    }

    static String token(Map<String, Object> client) {
        return (String) client.get("registration_access_token");
    }
}

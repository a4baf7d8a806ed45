package org.latchkey.oauth.logout;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.ClientRegistry;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.client.StoredClients;
import org.latchkey.oauth.key.Seal;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.token.GivenNames;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Owners;
import org.latchkey.oauth.token.Sources;
import org.latchkey.oauth.token.Subjects;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

/** What tests of this package stand on: one server, clients by name, and people with sessions. */
final class World {

    static final String BYE = "https://app.example/bye";

    final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    final MemoryStore store = new MemoryStore();
    final Issuer issuer = Issuer.of("https://id.example", "oidc");
    final LocalExtensionPoints points = new LocalExtensionPoints();
    final Clients clients = new Clients(points, new StoredClients(store, gone -> {}), "oidc");
    final SigningKeys keys = new SigningKeys(store, "oidc", List.of(JWSAlgorithm.ES256), Optional.empty(), clock);
    final IdTokens idTokens = new IdTokens(issuer, keys, Duration.ofMinutes(5), clock);
    final Subjects subjects = new Subjects(
            new Seal(store, "oidc", Subjects.PURPOSE),
            new GivenNames(store, "oidc"),
            new Owners(new MemoryDirectory(), new FakeSessions(), new Sources(points)));
    final FakeSignIn signIn = new FakeSignIn();
    final FakeSessions sessions = new FakeSessions();

    private final Map<String, Client> known = new HashMap<>();

    World() {
        points.add(ClientRegistry.class, (instance, id) -> Optional.ofNullable(known.get(id)));
        client("app", Map.of("post_logout_redirect_uris", List.of(BYE, BYE + "?x=1"), "client_name", "The app"));
        client("other", Map.of("post_logout_redirect_uris", List.of("https://other.example/bye")));
    }

    RegisteredClient client(String id, Map<String, Object> metadata) {
        Client client = new Client(id, metadata, List.of(), false, Set.of());
        known.put(id, client);
        return new RegisteredClient(client);
    }

    Session session(String id, String person) {
        return new Session(
                id,
                new Principal(person, "directory", Set.of(), Set.of()),
                Claims.NONE,
                clock.instant(),
                clock.instant().plus(Duration.ofHours(12)),
                false,
                false);
    }

    /** An id token that a client has of a session. */
    String idToken(String client, Session session) {
        RegisteredClient registered = clients.find(client).orElseThrow();
        String owner = session.principal().id();
        Authorization authorization = new Authorization(
                client,
                new Authorization.Owner(owner, 1, "directory", session.id(), session.signedInAt(), Claims.NONE),
                Set.of("openid"),
                List.of(),
                Map.of(),
                Map.of(),
                clock.instant(),
                clock.instant(),
                false,
                "",
                true);
        return idTokens.mint(
                registered, subjects.of(registered, owner), authorization, IdTokens.Beside.NOTHING, Map.of());
    }
}

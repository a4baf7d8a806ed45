package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.ClientRegistry;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryStore;

public class ClientsTest {

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final StoredClients stored = new StoredClients(new MemoryStore());
    private final Clients clients = new Clients(points, stored, "oidc");

    private static Client named(String id, String name) {
        return new Client(id, Map.of("client_name", name), List.of(), false, Set.of());
    }

    private String nameOf(String id) {
        return clients.find(id).map(found -> found.client().name()).orElse("none");
    }

    @Test
    public void theFirstThatKnowsAnIdDecides() {
        stored.create("oidc", StoredClient.of("a", Map.of("client_name", "stored"), Instant.EPOCH), "root");
        points.add(ClientRegistry.class, (instance, id) -> Optional.empty(), "one", 9, "");
        points.add(ClientRegistry.class, (instance, id) -> Optional.of(named(id, "two at " + instance)), "two", 5, "");
        points.add(ClientRegistry.class, (instance, id) -> Optional.of(named(id, "three")), "three", 1, "");
        assertThat(nameOf("a")).isEqualTo("stored");
        assertThat(nameOf("b")).isEqualTo("two at oidc");
    }

    @Test
    public void nobodyKnowsIt() {
        assertThat(nameOf("a")).isEqualTo("none");
    }

    @Test
    public void aRegistryThatFailsIsNeverTakenForNo() {
        for (ClientRegistry bad : List.<ClientRegistry>of(
                (instance, id) -> {
                    throw new IllegalStateException("broken");
                },
                (instance, id) -> null,
                (instance, id) -> Optional.of(named("other", "x")))) {
            points.clear(ClientRegistry.class);
            points.add(ClientRegistry.class, bad);
            points.add(ClientRegistry.class, (instance, id) -> Optional.of(named(id, "good")));
            isUnavailable();
        }
    }

    @Test
    public void withoutARequiredRegistryNothingIsSaid() {
        points.add(ClientRegistry.class, (instance, id) -> Optional.empty(), "needed", 0, "required");
        points.quarantine("needed.Main", "test");
        isUnavailable();
    }

    private void isUnavailable() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> clients.find("a"))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
    }
}

package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.Telling;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

public class StoredClientsTest {

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final StoredClients clients = new StoredClients(store, clock);

    private StoredClient client(String id, Map<String, Object> metadata) {
        return StoredClient.of(id, metadata, clock.instant());
    }

    /** Two nodes with one store: what one has parsed does not outlive what the other does. */
    @Test
    public void row110EachChangeOfAClientIsToldOfWithWhoDidIt() {
        MemoryOutbox outbox = new MemoryOutbox();
        StoredClients telling = new StoredClients(store, gone -> {}, new Telling(store, outbox, "oidc"));
        StoredClient made = telling.create("oidc", client("told", Map.of()), "root");
        telling.replace("oidc", made.withMetadata(Map.of("client_name", "Told")), "root");
        telling.delete("oidc", "told", "told");
        assertThat(outbox.notices())
                .extracting(notice -> notice.type() + " by " + notice.actor() + " "
                        + notice.content().get("client"))
                .containsExactly(
                        "oauth.client-registered by root told",
                        "oauth.client-changed by root told",
                        "oauth.client-removed by told told");
    }

    @Test
    public void whatAnotherNodeChangesCountsAtOnce() {
        StoredClients other = new StoredClients(store, clock);
        StoredClient made = clients.create("oidc", client("shop", Map.of("client_name", "Shop")), "root");
        assertThat(clients.find("oidc", "shop").orElseThrow().name()).isEqualTo("Shop");

        StoredClients.Issued rotated = other.withNewSecret("oidc", made, Duration.ZERO);
        StoredClient second = other.replace("oidc", rotated.client(), "root");
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes())
                .containsExactly(Secrets.hash(rotated.secret().orElseThrow()));
        StoredClients.Issued again = other.withNewSecret("oidc", second, Duration.ZERO);
        other.replace("oidc", again.client(), "root");
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes())
                .containsExactly(Secrets.hash(again.secret().orElseThrow()));

        other.delete("oidc", "shop", "root");
        assertThat(clients.find("oidc", "shop")).isEmpty();
        other.create("oidc", client("shop", Map.of("client_name", "Another")), "root");
        assertThat(clients.find("oidc", "shop").orElseThrow().name()).isEqualTo("Another");
    }

    @Test
    public void aSecretThatIsReplacedEndsWhenItsTimeHasComeAlsoWhileNothingIsStored() {
        StoredClients.Issued first =
                clients.withNewSecret("oidc", clients.create("oidc", client("shop", Map.of()), "root"), Duration.ZERO);
        StoredClient kept = clients.replace("oidc", first.client(), "root");
        clients.replace(
                "oidc", clients.withNewSecret("oidc", kept, Duration.ofHours(1)).client(), "root");
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).hasSize(2);
        clock.advance(Duration.ofHours(2));
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).hasSize(1);
    }

    /** They are the same objects for all requests. */
    @Test
    public void nobodyCanChangeWhatOthersAreTold() {
        clients.create("oidc", client("shop", Map.of("jwks", Map.of("keys", List.of("one")))), "root");
        Map<?, ?> jwks = (Map<?, ?>)
                clients.find("oidc", "shop").orElseThrow().metadata().get("jwks");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(jwks::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(((List<?>) jwks.get("keys"))::clear);
    }

    @Test
    public void aClientIsMadeFoundReplacedListedAndTakenAway() {
        Map<String, Object> metadata = Map.of(
                "client_name",
                "Shop",
                "redirect_uris",
                List.of("https://shop.example/cb"),
                "default_max_age",
                300,
                "jwks",
                Map.of("keys", List.of()));
        clients.create("oidc", client("shop", metadata).withTrust(true, Set.of("staff")), "root");
        Client found = clients.find("oidc", "shop").orElseThrow();
        assertThat(found).isEqualTo(new Client("shop", metadata, List.of(), true, Set.of("staff")));
        assertThat(clients.find("other", "shop")).isEmpty();
        assertThat(clients.find("oidc", "sho")).isEmpty();

        StoredClient read = clients.stored("oidc", "shop").orElseThrow();
        assertThat(read.createdAt()).isEqualTo(clock.instant());
        assertThat(clients.replace("oidc", read.withMetadata(Map.of()), "root").version())
                .isEqualTo(2);
        assertThat(clients.find("oidc", "shop").orElseThrow().metadata()).isEmpty();
        refuses(Refusal.Kind.CONFLICT, () -> clients.replace("oidc", read, "root"));
        refuses(Refusal.Kind.CONFLICT, () -> clients.replace("oidc", client("new", Map.of()), "root"));
        refuses(Refusal.Kind.EXISTS, () -> clients.create("oidc", client("shop", Map.of()), "root"));

        assertThat(clients.delete("oidc", "shop", "root")).isTrue();
        assertThat(clients.delete("oidc", "shop", "root")).isFalse();
        assertThat(clients.find("oidc", "shop")).isEmpty();
        refuses(Refusal.Kind.CONFLICT, () -> clients.replace("oidc", read, "root"));
    }

    private static void refuses(Refusal.Kind kind, Runnable change) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(change::run).satisfies(refusal -> assertThat(refusal.kind())
                .isEqualTo(kind));
    }

    @Test
    public void theListComesInPages() {
        List.of("a", "b", "c").forEach(id -> clients.create("oidc", client(id, Map.of()), "root"));
        clients.create("oidc2", client("z", Map.of()), "root");
        Page<StoredClient> first = clients.list("oidc", "", 2);
        assertThat(first.items()).extracting(StoredClient::id).containsExactly("a", "b");
        Page<StoredClient> second = clients.list("oidc", first.next().orElseThrow(), 2);
        assertThat(second.items()).extracting(StoredClient::id).containsExactly("c");
        assertThat(second.next()).isEmpty();
    }

    @Test
    public void anIdThatNoneCanHaveIsNotThere() {
        for (String id : List.of("", "a/b", "../x", "x".repeat(500), "\ud800", "a b")) {
            assertThat(clients.find("oidc", id)).isEmpty();
            assertThat(clients.delete("oidc", id, "root")).isFalse();
        }
    }

    @Test
    public void aSecretHasTwoHundredFiftySixBitsAndIsKeptAsAHash() {
        StoredClients.Issued issued = clients.withNewSecret("oidc", client("shop", Map.of()), Duration.ZERO);
        clients.create("oidc", issued.client(), "root");
        String secret = issued.secret().orElseThrow();
        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(clients.find("oidc", "shop").orElseThrow().secretHashes()).containsExactly(Secrets.hash(secret));
        assertThat(store.get(StoredClients.KIND, "oidc/shop").orElseThrow().body())
                .doesNotContain(secret)
                .doesNotContain("sealed");
        assertThat(issued.toString() + issued.client() + issued.client().secrets())
                .doesNotContain(secret);
        assertThat(clients.signingSecrets("oidc", "shop")).isEmpty();
    }

    @Test
    public void anOldSecretIsGoodForTheOverlapAndNoLonger() {
        StoredClients.Issued one = clients.withNewSecret("oidc", client("shop", Map.of()), Duration.ZERO);
        StoredClient stored = clients.create("oidc", one.client(), "root");
        StoredClients.Issued two = clients.withNewSecret("oidc", stored, Duration.ofHours(1));
        stored = clients.replace("oidc", two.client(), "root");
        assertThat(hashes())
                .containsExactly(
                        Secrets.hash(two.secret().orElseThrow()),
                        Secrets.hash(one.secret().orElseThrow()));
        StoredClients.Issued three = clients.withNewSecret("oidc", stored, Duration.ofDays(1));
        clients.replace("oidc", three.client(), "root");
        assertThat(hashes()).hasSize(3);
        clock.advance(Duration.ofHours(1));
        assertThat(hashes()).as("the first one's end was not put off").hasSize(2);
        clock.advance(Duration.ofHours(23));
        assertThat(hashes()).containsExactly(Secrets.hash(three.secret().orElseThrow()));
    }

    @Test
    public void noClientPilesUpSecrets() {
        StoredClient stored = clients.create("oidc", client("shop", Map.of()), "root");
        for (int i = 0; i < 12; i++) {
            stored = clients.replace(
                    "oidc",
                    clients.withNewSecret("oidc", stored, Duration.ofDays(1)).client(),
                    "root");
        }
        assertThat(hashes()).hasSize(10).doesNotHaveDuplicates();
    }

    private List<String> hashes() {
        return clients.find("oidc", "shop").orElseThrow().secretHashes();
    }

    @Test
    public void aSecretToSignWithIsSealedForItsClientAlone() {
        Map<String, Object> signs = Map.of("token_endpoint_auth_method", "client_secret_jwt");
        StoredClients.Issued issued = clients.withFittingSecret("oidc", client("shop", signs));
        clients.create("oidc", issued.client(), "root");
        String secret = issued.secret().orElseThrow();
        Item item = store.get(StoredClients.KIND, "oidc/shop").orElseThrow();
        assertThat(item.body()).doesNotContain(secret);
        assertThat(clients.signingSecrets("oidc", "shop")).containsExactly(secret);
        assertThat(new StoredClients(store, clock).signingSecrets("oidc", "shop"))
                .as("after a restart")
                .containsExactly(secret);

        StoredClient thief = new StoredClient(
                "thief",
                signs,
                issued.client().secrets(),
                false,
                Set.of(),
                issued.client().registrationToken(),
                clock.instant(),
                0);
        clients.create("oidc", thief, "root");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> clients.signingSecrets("oidc", "thief"));
    }

    @Test
    public void theSecretFitsWhatTheMetadataCallFor() {
        StoredClients.Issued shown = clients.withFittingSecret("oidc", client("shop", Map.of()));
        StoredClient stored = clients.create("oidc", shown.client(), "root");
        assertThat(clients.withFittingSecret("oidc", stored).secret()).isEmpty();
        StoredClients.Issued signing =
                clients.withFittingSecret("oidc", stored.withMetadata(Map.of("id_token_signed_response_alg", "HS256")));
        assertThat(signing.secret()).as("the old one is not known").isPresent();
        stored = clients.replace("oidc", signing.client(), "root");
        assertThat(clients.signingSecrets("oidc", "shop"))
                .containsExactly(signing.secret().orElseThrow());
        stored = clients.replace(
                "oidc",
                clients.withFittingSecret("oidc", stored.withMetadata(Map.of())).client(),
                "root");
        assertThat(hashes()).containsExactly(Secrets.hash(signing.secret().orElseThrow()));
        assertThat(clients.signingSecrets("oidc", "shop")).isEmpty();
        StoredClient none = clients.withFittingSecret(
                        "oidc", stored.withMetadata(Map.of("token_endpoint_auth_method", "none")))
                .client();
        assertThat(none.secrets()).isEmpty();
    }

    @Test
    public void oneThatCannotBeReadIsNotThoughtToBeMissing() throws Exception {
        store.commit(List.of(
                new Write.Put(new Item(StoredClients.KIND, "oidc/a", 0, "{\"metadata\":[]}", List.of())),
                new Write.Put(new Item(StoredClients.KIND, "oidc/b", 0, "x", List.of()))));
        clients.create("oidc", client("c", Map.of()), "root");
        refuses(Refusal.Kind.UNAVAILABLE, () -> clients.find("oidc", "a"));
        refuses(Refusal.Kind.UNAVAILABLE, () -> clients.find("oidc", "b"));
        assertThat(clients.list("oidc", "", 10).items())
                .extracting(StoredClient::id)
                .containsExactly("c");
    }
}

package org.latchkey.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.Test;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.Race;

public class SealTest {

    private static final byte[] CONTENT = "{\"to\":\"there\"}".getBytes(StandardCharsets.UTF_8);

    private final MemoryStore store = new MemoryStore();
    private final Seal seal = new Seal(store, "oidc", "login");

    @Test
    public void whatOneNodeSealedAnotherOpens() {
        String sealed = seal.seal(CONTENT);
        assertThat(sealed).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
        assertThat(new Seal(store, "oidc", "login").open(sealed)).contains(CONTENT);
        assertThat(seal.open(seal.seal(new byte[0]))).contains(new byte[0]);
    }

    @Test
    public void nobodyElseOpensIt() {
        String sealed = seal.seal(CONTENT);
        assertThat(new Seal(store, "oidc", "logout").open(sealed)).isEmpty();
        assertThat(new Seal(store, "oidc2", "login").open(sealed)).isEmpty();
        assertThat(new Seal(new MemoryStore(), "oidc", "login").open(sealed)).isEmpty();
    }

    @Test
    public void noChangedCharacterIsAccepted() {
        String sealed = seal.seal(CONTENT);
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThat(seal.open(changed))
                    .as("at %d", i)
                    .isNotEqualTo(java.util.Optional.of(CONTENT))
                    .isEmpty();
        }
        for (String broken : List.of(
                "",
                ".",
                "..",
                "a",
                sealed + "A",
                sealed + "=",
                sealed + ".",
                "." + sealed,
                sealed.replace(".", ""),
                "é.é")) {
            assertThat(seal.open(broken)).as(broken).isEmpty();
        }
    }

    @Test
    public void isBounded() {
        assertThatThrownBy(() -> seal.seal(new byte[Seal.MOST_CHARS])).isInstanceOf(IllegalArgumentException.class);
        assertThat(seal.open("A".repeat(Seal.MOST_CHARS) + ".A")).isEmpty();
        assertThat(seal.open(seal.seal(new byte[40_000]))).isPresent();
    }

    @Test
    public void nodesThatRaceShareOneSecret() throws Exception {
        List<String> sealed = Race.of(8, lane -> new Seal(store, "oidc", "login").seal(CONTENT));
        assertThat(sealed).containsOnly(seal.seal(CONTENT));
    }

    @Test
    public void keysAndSecretsLiveBesideEachOther() throws Exception {
        seal.seal(CONTENT);
        assertThat(new KeyStorage(store, "oidc", Clock.systemUTC()).read().keys())
                .isEmpty();
    }

    @Test
    public void aDamagedSecretIsNotReplaced() throws Exception {
        store.commit(List.of(
                new Write.Put(new Item(StoredKey.KIND, "oidc/seal", 0, "{\"secret\":\"c2hvcnQ\"}", List.of()))));
        assertThatThrownBy(() -> seal.seal(CONTENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("c2hvcnQ");
    }
}

package org.latchkey.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.MemoryStore;

public class StateVersionsTest {

    private final Store store = new MemoryStore();
    private final StateVersions versions = new StateVersions(store);

    @Test
    public void theHeaderIsANumberFromOneOn() {
        assertThat(StateVersions.parse(Optional.empty())).isEqualTo(1);
        assertThat(StateVersions.parse(Optional.of(" 12 "))).isEqualTo(12);
        for (String bad : new String[] {"0", "-1", "1.2", "x", "", "1001", "99999999999"}) {
            assertThatThrownBy(() -> StateVersions.parse(Optional.of(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Latchkey-State-Version");
        }
    }

    @Test
    public void aRevisionThatReadsLessThanASoundOneWroteIsRefused() {
        assertThat(versions.objection("org.a", 1)).isEmpty();
        versions.settle("org.a", 2);
        assertThat(versions.objection("org.a", 1))
                .contains("It reads the state of org.a up to version 1, but version 2 is stored.");
        assertThat(versions.objection("org.a", 2)).isEmpty();
        assertThat(versions.objection("org.a", 3)).isEmpty();
        assertThat(versions.objection("org.b", 1)).isEmpty();
        versions.settle("org.a", 1);
        assertThat(versions.objection("org.a", 1)).isPresent();
    }

    @Test
    public void whatARevisionKeptThatWasRolledBackIsForgotten() {
        StoredPluginState one = new StoredPluginState(store, new ReplicaState(), "org.a", 1);
        StoredPluginState two = new StoredPluginState(store, new ReplicaState(), "org.a", 2);
        for (int i = 0; i < 450; i++) {
            String key = "k" + i;
            one.update(key, before -> Optional.of("one"));
            two.update(key, before -> Optional.of("two"));
        }
        versions.discard("org.a", 2);
        assertThat(two.get("k7")).contains("one");
        assertThat(two.get("k449")).contains("one");

        two.update("k7", before -> Optional.of("two"));
        versions.settle("org.a", 2);
        versions.discard("org.a", 2);
        assertThat(two.get("k7")).contains("two");
        versions.discard("org.a", 1);
        assertThat(one.get("k7")).contains("one");
    }
}

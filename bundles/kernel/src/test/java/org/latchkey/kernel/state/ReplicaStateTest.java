package org.latchkey.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.Test;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.ReplicaStore;

/** Row 78: on a replica plugins count on in memory, from what the primary has stored. */
public class ReplicaStateTest {

    @Test
    public void onAReplicaAPluginCountsOnFromWhatIsStoredAndStoresNothing() {
        MemoryStore store = new MemoryStore();
        ReplicaState here = new ReplicaState();
        StoredPluginState primary = new StoredPluginState(store, new ReplicaState(), "org.a", 1);
        StoredPluginState replica = new StoredPluginState(new ReplicaStore(store), here, "org.a", 1);
        primary.update("k", none -> Optional.of("1"));
        assertThat(replica.get("k")).contains("1");
        assertThat(replica.update("k", text -> text.map(each -> each + "+"))).contains("1+");
        assertThat(replica.get("k")).contains("1+");
        assertThat(primary.get("k")).contains("1");
        StoredPluginState successor = new StoredPluginState(new ReplicaStore(store), here, "org.a", 1);
        assertThat(successor.get("k")).contains("1+");
        assertThat(successor.update("k", text -> Optional.empty())).isEmpty();
        assertThat(successor.get("k")).isEmpty();
    }
}

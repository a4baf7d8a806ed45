package org.latchkey.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.MemoryStore;

public class StoredPluginStateTest {

    private final Store store = new MemoryStore();
    private final StoredPluginState state = new StoredPluginState(store, new ReplicaState(), "org.a", 1);

    @Test
    public void textIsKeptReplacedAndRemoved() {
        assertThat(state.get("k")).isEmpty();
        state.update("k", before -> Optional.of("a \"quoted\" \n line"));
        assertThat(state.get("k")).contains("a \"quoted\" \n line");
        state.update("k", before -> Optional.empty());
        assertThat(state.get("k")).isEmpty();
    }

    @Test
    public void everyPluginHasASpaceOfItsOwn() {
        state.update("k", before -> Optional.of("mine"));
        assertThat(new StoredPluginState(store, new ReplicaState(), "org.b", 1).get("k"))
                .isEmpty();
        assertThat(new StoredPluginState(store, new ReplicaState(), "org.a", 1).get("k"))
                .contains("mine");
    }

    @Test
    public void parallelUpdatesLoseNothing() {
        List<CompletableFuture<Void>> updates = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.runAsync(() -> state.update(
                        "n", before -> Optional.of(String.valueOf(Integer.parseInt(before.orElse("0")) + 1)))))
                .toList();
        updates.forEach(CompletableFuture::join);
        assertThat(state.get("n")).contains("50");
    }

    @Test
    public void aHigherVersionReadsWhatIsThereAndLeavesItAsItIs() {
        StoredPluginState next = new StoredPluginState(store, new ReplicaState(), "org.a", 3);
        state.update("k", before -> Optional.of("one"));
        assertThat(next.get("k")).contains("one");
        next.update("k", before -> before.map(text -> text + ", three"));
        assertThat(next.get("k")).contains("one, three");
        assertThat(state.get("k")).contains("one");
        next.update("k", before -> Optional.empty());
        assertThat(next.get("k")).isEmpty();
        assertThat(state.get("k")).contains("one");
        next.update("k", before -> Optional.of("again"));
        assertThat(next.get("k")).contains("again");
    }
}

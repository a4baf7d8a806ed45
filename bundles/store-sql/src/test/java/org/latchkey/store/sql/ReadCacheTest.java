package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.StoreContract;

public class ReadCacheTest extends StoreContract {

    private final Store store = new ReadCache(new MemoryStore());

    @Override
    protected Store store() {
        return store;
    }

    @Test
    public void aSecondReadIsTheSameObject() throws Store.Conflict {
        store.commit(List.of(new Write.Put(new Item("k", "a", 0, "{}", List.of()))));
        Item first = store.get("k", "a").orElseThrow();
        assertThat(store.get("k", "a").orElseThrow()).isSameAs(first);
        store.commit(List.of(new Write.Put(first)));
        assertThat(store.get("k", "a").orElseThrow().version()).isEqualTo(2);
    }
}

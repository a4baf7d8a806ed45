package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
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

    /** What is looked for and as a rule is not there, such as the revocation of a token, costs no statement each time. */
    @Test
    public void thatSomethingIsNotThereIsKnownUntilItIs() throws Store.Conflict {
        List<String> asked = new ArrayList<>();
        MemoryStore database = new MemoryStore();
        Store cache = new ReadCache((Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.invoke(database, arguments);
                }));
        assertThat(cache.get("k", "a")).isEmpty();
        assertThat(cache.get("k", "a")).isEmpty();
        assertThat(asked).containsExactly("get");
        cache.commit(List.of(new Write.Put(new Item("k", "a", 0, "{}", List.of()))));
        Item made = cache.get("k", "a").orElseThrow();
        cache.commit(List.of(new Write.Delete("k", "a", made.version())));
        assertThat(cache.get("k", "a")).isEmpty();
    }

    /** Else whoever is told of a change by another item of its commit would act on what was before. */
    @Test
    public void whatIsInTheDatabaseIsReadAlsoBeforeTheCommitHasReturned() throws Store.Conflict {
        MemoryStore database = new MemoryStore();
        List<Long> seen = new ArrayList<>();
        Store[] cache = new Store[1];
        cache[0] = new ReadCache((Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(database, arguments);
                    if (method.getName().equals("commit")) {
                        seen.add(cache[0].get("k", "a").orElseThrow().version());
                    }
                    return answer;
                }));
        cache[0].commit(List.of(new Write.Put(new Item("k", "a", 0, "{}", List.of()))));
        Item first = cache[0].get("k", "a").orElseThrow();
        cache[0].commit(List.of(new Write.Put(first)));
        assertThat(seen).containsExactly(1L, 2L);
        assertThat(cache[0].get("k", "a").orElseThrow().version()).isEqualTo(2);
    }
}

package org.latchkey.testkit;

import org.latchkey.api.store.Store;

public class MemoryStoreTest extends StoreContract {

    private final MemoryStore store = new MemoryStore();

    @Override
    protected Store store() {
        return store;
    }
}

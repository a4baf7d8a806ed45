package org.latchkey.kernel.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.PluginState;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Keeps what plugins remember in the store, under their symbolic names: another revision finds it again. */
@Component(service = PluginState.class, scope = ServiceScope.BUNDLE)
public final class StoredPluginState implements PluginState {

    private static final String KIND = "plugin-state";
    private static final int MOST_TRIES = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Store store;
    private final String owner;

    @Activate
    public StoredPluginState(@Reference Store store, ComponentContext context) {
        this(store, context.getUsingBundle().getSymbolicName());
    }

    StoredPluginState(Store store, String owner) {
        this.store = store;
        this.owner = owner;
    }

    @Override
    public Optional<String> get(String key) {
        return store.get(KIND, owner + "/" + key).map(StoredPluginState::text);
    }

    @Override
    public Optional<String> update(String key, Function<Optional<String>, Optional<String>> change) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<Item> stored = store.get(KIND, owner + "/" + key);
            Optional<String> before = stored.map(StoredPluginState::text);
            Optional<String> after = change.apply(before);
            if (after.equals(before) || commit(key, stored, after)) {
                return after;
            }
        }
        throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "Too many at once change the same state.");
    }

    private boolean commit(String key, Optional<Item> stored, Optional<String> after) {
        String name = owner + "/" + key;
        long version = stored.map(Item::version).orElse(0L);
        Write write = after.<Write>map(text -> new Write.Put(new Item(KIND, name, version, json(text), List.of())))
                .orElseGet(() -> new Write.Delete(KIND, name, version));
        try {
            store.commit(List.of(write));
            return true;
        } catch (Store.Conflict fasterOne) {
            return false;
        }
    }

    private static String json(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(Item item) {
        try {
            return JSON.readValue(item.body(), String.class);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("The plugin state " + item.key() + " is damaged", damaged);
        }
    }
}

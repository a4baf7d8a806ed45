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

/**
 * Keeps what plugins remember in the store, under their symbolic names: another revision finds it again.
 *
 * <p>Each version of the state has a space of its own. A revision reads what it does not find in its own from
 * the versions below, and writes to its own alone: should it be rolled back, the one before goes on with what
 * that one can read.
 */
@Component(service = PluginState.class, scope = ServiceScope.BUNDLE)
public final class StoredPluginState implements PluginState {

    static final String KIND = "plugin-state";
    private static final int MOST_TRIES = 1000;

    /** Stands in a version for what is still there in a version below. */
    private static final String REMOVED = "null";

    private static final JsonMapper JSON = new JsonMapper();

    private final Store store;
    private final ReplicaState replica;
    private final String owner;
    private final int version;

    @Activate
    public StoredPluginState(@Reference Store store, @Reference ReplicaState replica, ComponentContext context) {
        this(store, replica, context.getUsingBundle().getSymbolicName(), StateVersions.of(context.getUsingBundle()));
    }

    StoredPluginState(Store store, ReplicaState replica, String owner, int version) {
        this.store = store;
        this.replica = replica;
        this.owner = owner;
        this.version = version;
    }

    @Override
    public Optional<String> get(String key) {
        return store.isReadOnly() ? replica.get(name(key, version), name -> stored(key)) : stored(key);
    }

    private Optional<String> stored(String key) {
        return find(key).flatMap(StoredPluginState::text);
    }

    private Optional<Item> find(String key) {
        return find(key, version);
    }

    /** The item in this version, or in the next one below that has it. */
    private Optional<Item> find(String key, int highest) {
        for (int each = highest; each >= 1; each--) {
            Optional<Item> item = store.get(KIND, name(key, each));
            if (item.isPresent()) {
                return item;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> update(String key, Function<Optional<String>, Optional<String>> change) {
        if (store.isReadOnly()) {
            return replica.update(name(key, version), name -> stored(key), change);
        }
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<Item> stored = find(key);
            Optional<String> before = stored.flatMap(StoredPluginState::text);
            Optional<String> after = change.apply(before);
            if (after.equals(before) || commit(key, stored, after)) {
                return after;
            }
        }
        throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "Too many at once change the same state.");
    }

    private boolean commit(String key, Optional<Item> found, Optional<String> after) {
        String name = name(key, version);
        long expected =
                found.filter(item -> item.key().equals(name)).map(Item::version).orElse(0L);
        boolean isBelow = find(key, version - 1).isPresent();
        Write write = after.isEmpty() && !isBelow
                ? new Write.Delete(KIND, name, expected)
                : new Write.Put(new Item(
                        KIND, name, expected, after.map(StoredPluginState::json).orElse(REMOVED), List.of()));
        try {
            store.commit(List.of(write));
            return true;
        } catch (Store.Conflict fasterOne) {
            return false;
        }
    }

    private String name(String key, int of) {
        return space(owner, of) + key;
    }

    /** How the keys of one version of a plugin's state begin. */
    static String space(String owner, int version) {
        return version == 1 ? owner + "/" : owner + "@" + version + "/";
    }

    private static String json(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<String> text(Item item) {
        try {
            return Optional.ofNullable(JSON.readValue(item.body(), String.class));
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("The plugin state " + item.key() + " is damaged", damaged);
        }
    }
}

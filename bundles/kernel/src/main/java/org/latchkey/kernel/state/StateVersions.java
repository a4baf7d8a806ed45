package org.latchkey.kernel.state;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * In which version each plugin keeps its state: the highest of a revision that was found sound. A plugin says
 * in its manifest which version it writes, and that it reads all lower ones.
 */
@Component(service = StateVersions.class)
public final class StateVersions {

    /** The manifest header, a number from 1 on; 1 if there is none. */
    public static final String HEADER = "Latchkey-State-Version";

    private static final String KIND = "plugin-state-version";
    private static final int MOST_TRIES = 10;
    private static final int PAGE = 200;

    private final Store store;

    @Activate
    public StateVersions(@Reference Store store) {
        this.store = store;
    }

    /**
     * The version that a plugin writes.
     *
     * @throws IllegalArgumentException if its header is not a number from 1 to 1000
     */
    public static int of(Bundle bundle) {
        return parse(Optional.ofNullable(bundle.getHeaders("").get(HEADER)));
    }

    /** As {@link #of}, of the header's text. */
    public static int parse(Optional<String> header) {
        String text = header.orElse("1").trim();
        if (!text.matches("[1-9][0-9]{0,2}|1000")) {
            throw new IllegalArgumentException("Its " + HEADER + " \"" + text + "\" is not a number from 1 to 1000.");
        }
        return Integer.parseInt(text);
    }

    /** What speaks against a revision that reads no more than this version, or nothing. */
    public Optional<String> objection(String symbolicName, int version) {
        int kept = kept(symbolicName);
        return version < kept
                ? Optional.of("It reads the state of " + symbolicName + " up to version " + version + ", but version "
                        + kept + " is stored.")
                : Optional.empty();
    }

    private int kept(String symbolicName) {
        return store.get(KIND, symbolicName)
                .map(item -> Integer.parseInt(item.body()))
                .orElse(1);
    }

    /** Forgets all that a plugin kept in this version, unless a sound revision wrote it. */
    public void discard(String symbolicName, int version) {
        if (version > kept(symbolicName)) {
            String prefix = StoredPluginState.space(symbolicName, version);
            List<Item> page = store.list(StoredPluginState.KIND, prefix, "", PAGE);
            while (!page.isEmpty()) {
                page.forEach(this::delete);
                page = store.list(
                        StoredPluginState.KIND,
                        prefix,
                        page.get(page.size() - 1).key(),
                        PAGE);
            }
        }
    }

    private void delete(Item item) {
        try {
            store.commit(List.of(new Write.Delete(item.kind(), item.key(), item.version())));
        } catch (Store.Conflict changedMeanwhile) {
            throw new IllegalStateException("Somebody still writes the state " + item.key(), changedMeanwhile);
        }
    }

    /** A revision that writes this version was found sound: what it wrote counts from now on. */
    public void settle(String symbolicName, int version) {
        for (int tries = 0; tries < MOST_TRIES && kept(symbolicName) < version; tries++) {
            long before = store.get(KIND, symbolicName).map(Item::version).orElse(0L);
            try {
                store.commit(List.of(
                        new Write.Put(new Item(KIND, symbolicName, before, String.valueOf(version), List.of()))));
            } catch (Store.Conflict again) {
                Thread.onSpinWait();
            }
        }
    }
}

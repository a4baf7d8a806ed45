package org.latchkey.kernel.state;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.osgi.service.component.annotations.Component;

/**
 * What plugins remember on a read-only replica: in memory, on top of what the primary has stored, and for as long as
 * this server runs. A policy that counts goes on counting, each replica for itself.
 */
@Component(service = ReplicaState.class)
public final class ReplicaState {

    private final ConcurrentMap<String, Optional<String>> texts = new ConcurrentHashMap<>();

    /** What was changed here, else what is stored. */
    Optional<String> get(String name, Function<String, Optional<String>> stored) {
        Optional<String> here = texts.get(name);
        return here == null ? stored.apply(name) : here;
    }

    Optional<String> update(
            String name,
            Function<String, Optional<String>> stored,
            Function<Optional<String>, Optional<String>> change) {
        return texts.compute(name, (key, here) -> change.apply(here == null ? stored.apply(key) : here));
    }
}

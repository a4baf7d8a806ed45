package org.latchkey.scheme.totp;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.latchkey.api.service.PluginState;

/** A plugin's state in memory. */
final class MemoryState implements PluginState {

    final Map<String, String> values = new ConcurrentHashMap<>();

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public Optional<String> update(String key, Function<Optional<String>, Optional<String>> change) {
        return Optional.ofNullable(values.compute(
                key, (any, old) -> change.apply(Optional.ofNullable(old)).orElse(null)));
    }
}

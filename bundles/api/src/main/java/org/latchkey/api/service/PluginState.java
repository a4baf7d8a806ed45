package org.latchkey.api.service;

import java.util.Optional;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a plugin remembers across restarts and replacements: text by key, in a space that belongs to its
 * symbolic name. Every bundle that refers to this service gets its own.
 */
@ProviderType
public interface PluginState {

    Optional<String> get(String key);

    /**
     * Changes one value and gives what was stored. Atomic: {@code change} sees the latest value, and runs
     * again if somebody was faster; nothing removes the key.
     */
    Optional<String> update(String key, Function<Optional<String>, Optional<String>> change);
}

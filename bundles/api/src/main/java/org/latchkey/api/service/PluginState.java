package org.latchkey.api.service;

import java.util.Optional;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a plugin remembers across restarts and replacements: text by key, in a space that belongs to its
 * symbolic name. Every bundle that refers to this service gets its own.
 *
 * <p>A plugin that changes the form of its texts raises the number in its manifest header
 * {@code Latchkey-State-Version} (1 to 1000, 1 without one) and must read the forms of all lower numbers. What
 * it writes is kept apart from what the revision before wrote, so that this one can go on if the new one is
 * rolled back; a revision with a lower number than a sound one before it is not deployed any more.
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

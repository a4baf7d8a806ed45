package org.latchkey.api.kernel;

import java.util.List;

/**
 * One plugin.
 *
 * @param symbolicName the bundle's, empty if the jar has none
 * @param version the bundle's
 * @param file its name in the deploy directory
 * @param sha256 of the file, in hex
 * @param state {@code active}, {@code superseded} by a higher version, or {@code rejected}
 * @param reason why it does not serve, in one line, else empty
 * @param extensions the components it serves with
 */
public record PluginInfo(
        String symbolicName,
        String version,
        String file,
        String sha256,
        String state,
        String reason,
        List<String> extensions) {

    public PluginInfo {
        extensions = List.copyOf(extensions);
    }
}

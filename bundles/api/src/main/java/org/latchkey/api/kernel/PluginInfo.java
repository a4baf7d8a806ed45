package org.latchkey.api.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One plugin.
 *
 * @param symbolicName the bundle's, empty if the jar has none
 * @param version the bundle's
 * @param file its name in the deploy directory
 * @param sha256 of the file, in hex
 * @param state {@code active}, {@code superseded} by a higher version, {@code disabled}, {@code draining} while its last
 *     calls end, {@code leaking} when it is gone but left something behind, or {@code rejected}
 * @param probation whether it serves but may still be rolled back by itself
 * @param reason why it does not serve, or what is wrong with it though it does, in one line; else empty
 * @param extensions the components it serves with
 */
public record PluginInfo(
        String symbolicName,
        String version,
        String file,
        String sha256,
        String state,
        boolean probation,
        String reason,
        List<String> extensions) {

    public PluginInfo {
        extensions = List.copyOf(extensions);
    }

    /** Its JSON form, the same in REST and shell. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbolic_name", symbolicName);
        json.put("version", version);
        json.put("file", file);
        json.put("sha256", sha256);
        json.put("state", state);
        json.put("probation", probation);
        json.put("reason", reason);
        json.put("extensions", extensions);
        return json;
    }
}

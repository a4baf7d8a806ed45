package org.latchkey.api.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One extension as the operator sees it.
 *
 * @param point simple name of the extension point
 * @param name component name
 * @param bundle symbolic name of its plugin
 * @param version of its plugin
 * @param core whether it belongs to the server itself and not to a deployed plugin
 * @param ranking its {@code service.ranking}
 * @param state {@code active}, {@code held} until its plugin is judged sound, {@code idle} when nobody can use it,
 *     {@code failed} or {@code stuck}
 * @param reason why it is not active, else empty
 * @param properties its service properties
 */
public record ExtensionInfo(
        String point,
        String name,
        String bundle,
        String version,
        boolean core,
        int ranking,
        String state,
        String reason,
        Map<String, Object> properties) {

    /** Its JSON form, the same in REST and shell. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("plugin", bundle);
        json.put("version", version);
        json.put("core", core);
        json.put("ranking", ranking);
        json.put("state", state);
        json.put("reason", reason);
        return json;
    }
}

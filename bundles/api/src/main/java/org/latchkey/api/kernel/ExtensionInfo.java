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
 * @param policy {@code required}, {@code advisory}, or empty where the operator did not say
 * @param state {@code active}, {@code held} until its plugin is judged sound, {@code idle} when nobody can use it,
 *     {@code failed} or {@code quarantined}
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
        String policy,
        String state,
        String reason,
        Map<String, Object> properties) {

    /** The {@link #policy} of an extension without which its operations are refused. */
    public static final String REQUIRED = "required";

    /** The {@link #policy} of an extension whose failure does not stop an operation. */
    public static final String ADVISORY = "advisory";

    public boolean advisory() {
        return policy.equals(ADVISORY);
    }

    /** Whether the other one tells of the same registered extension, maybe in another state. */
    public boolean isSameAs(ExtensionInfo other) {
        return inState("", "").equals(other.inState("", ""));
    }

    /** The same extension, not in service. */
    public ExtensionInfo inState(String changed, String why) {
        return new ExtensionInfo(point, name, bundle, version, core, ranking, policy, changed, why, properties);
    }

    /** Its JSON form, the same in REST and shell. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("plugin", bundle);
        json.put("version", version);
        json.put("core", core);
        json.put("ranking", ranking);
        json.put("policy", policy);
        json.put("state", state);
        json.put("reason", reason);
        return json;
    }
}

package org.latchkey.kernel.extension;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.latchkey.api.kernel.ExtensionInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * What is known of an extension without calling it.
 *
 * @param info who it is, in the state {@code active}
 * @param grants what the operator gave it
 * @param deadlineNanos how long a call may take, 0 for as long as it likes
 */
record Traits(ExtensionInfo info, Set<String> grants, long deadlineNanos) {

    /** How the location of a bundle that was deployed as a plugin begins. */
    static final String DEPLOYED = "deploy:";

    /** Reads who an extension is off its service reference. */
    static ExtensionInfo info(ServiceReference<?> reference, String point, String policy) {
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        Bundle bundle = reference.getBundle();
        return new ExtensionInfo(
                point,
                name(properties),
                Objects.requireNonNullElse(bundle.getSymbolicName(), "?"),
                bundle.getVersion().toString(),
                !bundle.getLocation().startsWith(DEPLOYED),
                properties.get("service.ranking") instanceof Integer ranking ? ranking : 0,
                policy,
                "active",
                "",
                Map.copyOf(properties));
    }

    /** The component's name, and the instance's after a {@code ~} if it has several. */
    private static String name(Map<String, Object> properties) {
        Object type = ((String[]) properties.get("objectClass"))[0];
        String component = String.valueOf(properties.getOrDefault("component.name", type));
        return properties.get("service.pid") instanceof String pid && pid.contains("~")
                ? component + pid.substring(pid.indexOf('~'))
                : component;
    }
}

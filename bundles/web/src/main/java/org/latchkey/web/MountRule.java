package org.latchkey.web;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.kernel.ExtensionInfo;

/** Which mounts an endpoint may ask for: one path segment, and of the core's own names none. */
final class MountRule {

    private static final Pattern SEGMENT = Pattern.compile("\\.?[a-z0-9][a-z0-9._-]{0,63}");
    private static final Set<String> RESERVED =
            Set.of("admin", "api", "assets", "healthz", "login", "logout", "metrics");

    private static final Set<String> ALWAYS_THERE = Set.of("api", "healthz", ".well-known");

    private MountRule() {}

    /** Whether the server itself serves the mount as soon as it has come up. */
    static boolean isOfTheCore(String mount) {
        return ALWAYS_THERE.contains(mount);
    }

    /** Why the extension is not mounted where it wants to be, or nothing. */
    static Optional<String> fault(ExtensionInfo info) {
        String mount = mount(info);
        if (!SEGMENT.matcher(mount).matches()) {
            return Optional.of("Its " + Endpoint.MOUNT + " is not a path segment of a-z 0-9 . _ -.");
        }
        boolean reserved = mount.startsWith(".") || RESERVED.contains(mount);
        return reserved && !info.core()
                ? Optional.of("The mount \"" + mount + "\" is reserved for the server itself.")
                : Optional.empty();
    }

    /** The mount it asks for, empty if it names none. */
    static String mount(ExtensionInfo info) {
        return info.properties().get(Endpoint.MOUNT) instanceof String mount ? mount : "";
    }
}

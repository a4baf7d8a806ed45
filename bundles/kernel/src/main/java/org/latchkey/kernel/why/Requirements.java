package org.latchkey.kernel.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/** What of the requirements of a bundle must be met before it is resolved. */
final class Requirements {

    private Requirements() {}

    static List<Requirement> mandatory(Resource resource, Map<String, String> headers) throws BundleException {
        List<Requirement> mandatory = new ArrayList<>(resource.getRequirements(null));
        mandatory.addAll(environment(resource, headers));
        mandatory.removeIf(each -> !isMandatory(each));
        return List.copyOf(mandatory);
    }

    private static boolean isMandatory(Requirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        return isEffective(requirement)
                && directives
                        .getOrDefault(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, Namespace.RESOLUTION_MANDATORY)
                        .equals(Namespace.RESOLUTION_MANDATORY);
    }

    /** Whether the framework looks at it at all. */
    static boolean isEffective(Requirement requirement) {
        return requirement
                .getDirectives()
                .getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE)
                .equals(Namespace.EFFECTIVE_RESOLVE);
    }

    /** The older way to say which Java a bundle needs, such as {@code JavaSE-17}; any of several will do. */
    @SuppressWarnings("deprecation") // of the header; bundles still have it
    private static List<Requirement> environment(Resource resource, Map<String, String> headers)
            throws BundleException {
        Optional<String> header = Optional.ofNullable(headers.get(Constants.BUNDLE_REQUIREDEXECUTIONENVIRONMENT));
        if (header.isEmpty()
                || headers.getOrDefault(Constants.REQUIRE_CAPABILITY, "").contains("osgi.ee")) {
            return List.of();
        }
        String filter = Stream.of(header.get().split(","))
                .map(String::strip)
                .map(Requirements::environmentFilter)
                .collect(Collectors.joining("", "(|", ")"));
        return ResourceBuilder.parseRequirement(resource, "osgi.ee;filter:=\"" + filter + "\"");
    }

    private static String environmentFilter(String name) {
        int sign = name.lastIndexOf('-');
        String family = name.substring(0, Math.max(0, sign)).replace("J2SE", "JavaSE");
        return sign < 0
                ? "(osgi.ee=" + name + ")"
                : "(&(osgi.ee=" + family + ")(version=" + name.substring(sign + 1) + "))";
    }
}

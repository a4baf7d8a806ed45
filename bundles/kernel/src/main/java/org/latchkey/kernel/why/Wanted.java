package org.latchkey.kernel.why;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.resource.Requirement;

/**
 * What a requirement asks for, read from its filter.
 *
 * @param namespace of the requirement
 * @param name of what is wanted, or the whole filter if it names nothing
 * @param versions that will do
 */
record Wanted(String namespace, String name, VersionRange versions) {

    private static final VersionRange ANY = new VersionRange("0");

    static Wanted by(Requirement requirement) {
        String filter = requirement.getDirectives().getOrDefault("filter", "");
        String namespace = requirement.getNamespace();
        String attribute = versionAttribute(namespace);
        return new Wanted(
                namespace,
                group("\\(" + Pattern.quote(namespace) + "=([^)]+)\\)", filter).orElse(filter),
                range(filter, attribute));
    }

    /** Everything of that name. */
    static Wanted all(String namespace, String name) {
        return new Wanted(namespace, name, ANY);
    }

    /** Under which attribute the capabilities of a namespace have their version. */
    static String versionAttribute(String namespace) {
        return namespace.equals(BundleNamespace.BUNDLE_NAMESPACE)
                ? BundleNamespace.CAPABILITY_BUNDLE_VERSION_ATTRIBUTE
                : "version";
    }

    private static VersionRange range(String filter, String attribute) {
        Optional<Version> exactly = version("\\(" + attribute + "=([^)*]+)\\)", filter);
        Optional<Version> from = version("(?<!\\(!)\\(" + attribute + ">=([^)]+)\\)", filter);
        Optional<Version> above = version("\\(!\\(" + attribute + "<=([^)]+)\\)\\)", filter);
        Optional<Version> upTo = version("(?<!\\(!)\\(" + attribute + "<=([^)]+)\\)", filter);
        Optional<Version> below = version("\\(!\\(" + attribute + ">=([^)]+)\\)\\)", filter);
        Version left = exactly.or(() -> from).or(() -> above).orElse(Version.emptyVersion);
        Optional<Version> right = exactly.or(() -> upTo).or(() -> below);
        return new VersionRange(
                exactly.isEmpty() && above.isPresent() ? VersionRange.LEFT_OPEN : VersionRange.LEFT_CLOSED,
                left,
                right.orElse(null), // what the class itself takes for "no end"
                below.isPresent() ? VersionRange.RIGHT_OPEN : VersionRange.RIGHT_CLOSED);
    }

    private static Optional<Version> version(String pattern, String filter) {
        return group(pattern, filter).flatMap(Wanted::parsed);
    }

    private static Optional<Version> parsed(String text) {
        try {
            return Optional.of(Version.parseVersion(text.strip()));
        } catch (IllegalArgumentException noVersion) {
            return Optional.empty();
        }
    }

    private static Optional<String> group(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Its name, and the versions where not any will do. */
    String text() {
        return versions.equals(ANY) ? name : name + " " + versions;
    }
}

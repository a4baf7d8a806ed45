package org.latchkey.kernel.deploy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Says in plain words why a bundle does not resolve. */
final class MissingRequirements {

    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern FLOOR = Pattern.compile("(?<!\\(!)\\(version>=([^)]+)\\)");
    private static final Pattern CEILING = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

    private final FrameworkWiring wiring;
    private final Bundle system;

    MissingRequirements(Bundle system) {
        this.system = system;
        this.wiring = system.adapt(FrameworkWiring.class);
    }

    /** The first thing missing, in one sentence; nothing if every single requirement could be met. */
    Optional<String> of(Bundle bundle) {
        List<BundleRequirement> declared = bundle.adapt(BundleRevision.class).getDeclaredRequirements(null);
        return declared.stream()
                .filter(MissingRequirements::isMandatory)
                .filter(requirement -> wiring.findProviders(requirement).isEmpty())
                .map(this::inWords)
                .findFirst();
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        return !"optional".equals(requirement.getDirectives().get("resolution"))
                && requirement
                        .getDirectives()
                        .getOrDefault("effective", "resolve")
                        .equals("resolve");
    }

    private String inWords(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault("filter", "");
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> missingPackage(filter);
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                "It needs another Java than " + Runtime.version().feature() + ": " + filter + ".";
            default -> "It requires " + requirement.getNamespace() + " " + filter + ", which nothing provides.";
        };
    }

    private String missingPackage(String filter) {
        String name = group(PACKAGE, filter).orElse(filter);
        String floor = group(FLOOR, filter).orElse("0");
        String range = group(CEILING, filter)
                .map(ceiling -> "[" + floor + "," + ceiling + ")")
                .orElse(floor);
        List<String> others = providers(name);
        return "It imports the package " + name + " " + range
                + (others.isEmpty()
                        ? ", which no bundle exports."
                        : ", but there is only " + String.join(", ", others) + ".");
    }

    private List<String> providers(String name) {
        return Stream.of(system.getBundleContext().getBundles())
                .flatMap(bundle -> Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream())
                .flatMap(revision -> revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .filter(exported -> name.equals(exported.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(exported -> exported.getAttributes().get("version") + " of "
                        + exported.getRevision().getSymbolicName())
                .sorted()
                .toList();
    }

    private static Optional<String> group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}

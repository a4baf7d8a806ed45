package org.latchkey.kernel.why;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * One thing that a bundle of the server offers to others.
 *
 * @param version of it
 * @param bundle who offers it
 */
record Offered(Version version, String bundle) {

    /** All that goes by the wanted name, in whatever version. */
    static List<Offered> of(BundleContext context, Wanted wanted) {
        return Stream.of(context.getBundles())
                .flatMap(bundle -> Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream())
                .flatMap(revision -> revision.getDeclaredCapabilities(wanted.namespace()).stream())
                .filter(capability -> names(capability, wanted))
                .map(Offered::by)
                .distinct()
                .sorted(Comparator.comparing(Offered::version).thenComparing(Offered::bundle))
                .toList();
    }

    private static boolean names(BundleCapability capability, Wanted wanted) {
        Object name = capability.getAttributes().get(wanted.namespace());
        return name instanceof List<?> several
                ? several.contains(wanted.name())
                : wanted.name().equals(name);
    }

    private static Offered by(BundleCapability capability) {
        Object version = capability.getAttributes().get(Wanted.versionAttribute(capability.getNamespace()));
        return new Offered(
                version instanceof Version known ? known : Version.emptyVersion,
                Objects.requireNonNullElse(capability.getRevision().getSymbolicName(), "?"));
    }

    boolean suits(Wanted wanted) {
        return wanted.versions().includes(version);
    }

    static String text(List<Offered> several) {
        return several.stream()
                .map(each -> each.version() + " of " + each.bundle())
                .collect(Collectors.joining(", "));
    }

    static String versions(List<Offered> several) {
        return several.stream()
                .map(each -> each.version().toString())
                .distinct()
                .collect(Collectors.joining(" or "));
    }
}

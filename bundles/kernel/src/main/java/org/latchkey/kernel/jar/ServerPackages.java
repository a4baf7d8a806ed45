package org.latchkey.kernel.jar;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;

/** What the framework and the bundles of the server export at the moment; plugins do not count. */
final class ServerPackages implements Supplier<Set<String>> {

    private final BundleContext context;

    ServerPackages(BundleContext context) {
        this.context = context;
    }

    @Override
    public Set<String> get() {
        return Stream.of(context.getBundles())
                .filter(bundle -> !bundle.getLocation().startsWith(Jar.LOCATION))
                .flatMap(bundle -> Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream())
                .flatMap(revision -> revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .map(exported -> String.valueOf(exported.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .collect(Collectors.toSet());
    }
}

package org.latchkey.kernel.why;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;

/** A singleton beside a running one of the same name: the framework resolves only one of them (OSGi Core, 3.5.2). */
final class SecondSingleton implements Objection {

    private final BundleContext context;

    SecondSingleton(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        return candidate.isSingleton()
                ? Stream.of(context.getBundles())
                        .filter(bundle -> isSingletonNamed(candidate.jar().symbolicName(), bundle))
                        .filter(bundle ->
                                !bundle.getLocation().equals(candidate.jar().location()))
                        .map(bundle -> Finding.rejected(
                                "It is a singleton, and so is its version " + bundle.getVersion()
                                        + " that runs: it cannot be started beside that one.",
                                "Take singleton:=true out of its Bundle-SymbolicName, or remove that version first."))
                        .toList()
                : List.of();
    }

    private static boolean isSingletonNamed(String name, Bundle bundle) {
        return name.equals(bundle.getSymbolicName())
                && bundle.getState() != Bundle.INSTALLED
                && Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream()
                        .flatMap(revision -> revision.getDeclaredCapabilities("osgi.wiring.bundle").stream())
                        .anyMatch(self -> "true".equals(self.getDirectives().get(Constants.SINGLETON_DIRECTIVE)));
    }
}

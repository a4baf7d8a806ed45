package org.latchkey.kernel.why;

import java.util.List;
import java.util.stream.Stream;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.Jar;
import org.osgi.framework.BundleContext;

/** A jar that calls itself what a bundle of the server is called. */
final class PartOfTheServer implements Objection {

    private final BundleContext context;

    PartOfTheServer(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        String name = candidate.jar().symbolicName();
        boolean isPart = Stream.of(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .anyMatch(bundle -> !bundle.getLocation().startsWith(Jar.LOCATION));
        return isPart
                ? List.of(Finding.rejected(
                        name + " is a part of the server and not replaced as a plugin.",
                        "Give the plugin a Bundle-SymbolicName of its own."))
                : List.of();
    }
}

package org.latchkey.kernel.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** A component that offers what there is one of: the first goes on serving. */
final class TakenSlot implements Objection {

    /** The services of the server, as opposed to its extension points. */
    private static final List<String> EXCLUSIVE =
            List.of("org.latchkey.api.service.", "org.latchkey.api.store.", "org.latchkey.api.kernel.");

    private final BundleContext context;

    TakenSlot(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        List<Finding> findings = new ArrayList<>();
        for (ServiceComponent component : candidate.components().all()) {
            component.services().stream()
                    .filter(service -> EXCLUSIVE.stream().anyMatch(service::startsWith))
                    .flatMap(
                            service -> holder(service, candidate.jar().symbolicName())
                                    .map(holder -> idle(component, service, holder))
                                    .stream())
                    .forEach(findings::add);
        }
        return findings;
    }

    private static Finding idle(ServiceComponent component, String service, String holder) {
        return Finding.idle(
                "Its component " + component.name() + " offers " + service + ", of which there is one: that of "
                        + holder + ", which goes on serving.",
                "Offer an extension point instead, or leave " + holder + " out of the server.");
    }

    private Optional<String> holder(String service, String plugin) {
        try {
            ServiceReference<?>[] all = context.getAllServiceReferences(service, null);
            return Optional.ofNullable(all).stream()
                    .flatMap(Stream::of)
                    .map(ServiceReference::getBundle)
                    .map(Bundle::getSymbolicName)
                    .filter(name -> !plugin.equals(name))
                    .findFirst();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

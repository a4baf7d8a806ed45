package org.latchkey.kernel.why;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wiring;
import org.osgi.service.resolver.HostedCapability;
import org.osgi.service.resolver.ResolveContext;

/** A candidate seen beside the bundles that run, for a resolver. Read from the framework, never written to it. */
final class RunningServer extends ResolveContext {

    private final Candidate candidate;
    private final FrameworkWiring framework;
    private final Map<Resource, Wiring> wirings = new HashMap<>();

    RunningServer(BundleContext context, Candidate candidate) {
        this.candidate = candidate;
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        Stream.concat(Stream.of(context.getBundles()), framework.getRemovalPendingBundles().stream())
                .flatMap(bundle -> Optional.ofNullable(bundle.adapt(BundleWiring.class)).stream())
                .forEach(wiring -> wirings.put(wiring.getRevision(), wiring));
    }

    @Override
    public Collection<Resource> getMandatoryResources() {
        return List.of(candidate.resource());
    }

    /** In the framework's own order of preference. */
    @Override
    public List<Capability> findProviders(Requirement requirement) {
        List<Capability> providers = new ArrayList<>(framework.findProviders(requirement));
        if (requirement.getResource() == candidate.resource()) {
            providers.addAll(candidate.provides(requirement));
        }
        return providers;
    }

    @Override
    public int insertHostedCapability(List<Capability> capabilities, HostedCapability hosted) {
        capabilities.add(hosted);
        return capabilities.size() - 1;
    }

    @Override
    public boolean isEffective(Requirement requirement) {
        return Requirements.isEffective(requirement);
    }

    @Override
    public Map<Resource, Wiring> getWirings() {
        return Map.copyOf(wirings);
    }
}

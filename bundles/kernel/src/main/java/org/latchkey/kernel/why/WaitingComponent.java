package org.latchkey.kernel.why;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.Jar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** A component that would wait for a service nobody provides, or for a configuration nobody wrote. */
final class WaitingComponent implements Objection {

    private final BundleContext context;

    WaitingComponent(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Finding> to(Candidate candidate) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (ServiceComponent component : candidate.components().all()) {
            if (component.enabled()) {
                component.needs().stream()
                        .filter(need -> !isMet(need, candidate))
                        .map(need -> waits(component, need))
                        .forEach(findings::add);
                if (component.needsConfiguration() && !isConfigured(component)) {
                    String pid = component.pids().get(component.pids().size() - 1);
                    findings.add(Finding.idle(
                            "Its component " + component.name() + " waits for the configuration " + pid + ".",
                            "Write etc/" + pid + ".config."));
                }
            }
        }
        return findings;
    }

    private static Finding waits(ServiceComponent component, ServiceComponent.Need need) {
        String filter = need.target().isEmpty() ? "" : " with " + need.target();
        return Finding.idle(
                "Its component " + component.name() + " waits for the service " + need.service() + filter
                        + ", which nobody provides.",
                "Deploy the plugin that provides it, or make the reference optional.");
    }

    private boolean isMet(ServiceComponent.Need need, Candidate candidate) {
        boolean byItself = candidate.components().all().stream()
                .anyMatch(other -> other.services().contains(need.service()));
        try {
            ServiceReference<?>[] all = context.getAllServiceReferences(
                    need.service(), need.target().isEmpty() ? null : need.target());
            return byItself || all != null && Stream.of(all).anyMatch(each -> stays(each.getBundle(), candidate.jar()));
        } catch (InvalidSyntaxException malformed) {
            return false;
        }
    }

    /** What only the revision before it provides goes with that one. */
    private static boolean stays(Bundle provider, Jar jar) {
        return !(provider.getLocation().startsWith(Jar.LOCATION)
                && jar.symbolicName().equals(provider.getSymbolicName()));
    }

    private boolean isConfigured(ServiceComponent component) throws IOException {
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        if (reference == null) {
            return false;
        }
        try {
            ConfigurationAdmin configurations = context.getService(reference);
            for (String pid : component.pids()) {
                if (configurations.listConfigurations("(|(service.pid=" + pid + ")(service.factoryPid=" + pid + "))")
                        != null) {
                    return true;
                }
            }
            return false;
        } catch (InvalidSyntaxException malformed) {
            return false;
        } finally {
            context.ungetService(reference);
        }
    }
}

package org.latchkey.kernel.deploy;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Asks Declarative Services which component of a bundle failed, and with what. */
final class ComponentFailures {

    private final ServiceComponentRuntime runtime;

    ComponentFailures(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** The first failed activation in one sentence, or nothing. */
    Optional<String> of(Bundle bundle) {
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream())
                .filter(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(configuration -> "Its component " + configuration.description.name + " failed to activate: "
                        + cause(configuration.failure))
                .findFirst();
    }

    /** The failure is a printed stack trace; what an operator wants is its innermost cause. */
    private static String cause(String trace) {
        String marker = "Caused by: ";
        int innermost = trace.lastIndexOf(marker);
        return trace.substring(innermost < 0 ? 0 : innermost + marker.length())
                .lines()
                .findFirst()
                .orElse("no reason given");
    }
}

package org.latchkey.kernel.why;

import java.util.List;
import java.util.Map;

/**
 * One component as its description has it.
 *
 * @param name its name
 * @param implementation its class
 * @param enabled whether it is looked at from the start
 * @param needsConfiguration whether it waits until one of its PIDs has a configuration
 * @param pids of its configuration
 * @param services the interfaces it offers
 * @param needs what it refers to and cannot be without
 * @param properties of its service, as text
 */
public record ServiceComponent(
        String name,
        String implementation,
        boolean enabled,
        boolean needsConfiguration,
        List<String> pids,
        List<String> services,
        List<Need> needs,
        Map<String, String> properties) {

    public ServiceComponent {
        pids = List.copyOf(pids);
        services = List.copyOf(services);
        needs = List.copyOf(needs);
        properties = Map.copyOf(properties);
    }

    /**
     * A service without which a component does not wake.
     *
     * @param service its interface
     * @param target the filter it must match, or empty
     */
    public record Need(String service, String target) {}

    /** Whether it offers something that the kernel calls. */
    boolean isExtension() {
        return services.stream()
                .anyMatch(name -> name.startsWith("org.latchkey.api.extension.")
                        || name.equals("org.latchkey.api.http.Endpoint"));
    }
}

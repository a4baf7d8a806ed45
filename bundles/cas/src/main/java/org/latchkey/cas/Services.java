package org.latchkey.cas;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.ServiceRegistry;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of the one registry in use at this moment: the configured one, else the first in order. */
final class Services {

    private static final Logger log = LoggerFactory.getLogger(Services.class);

    private final Extensions<ServiceRegistry> registries;
    private final String name;
    private final ServiceMatch match = new ServiceMatch();

    /** @param name the {@code latchkey.registry} of the one to use, empty for the first */
    Services(Extensions<ServiceRegistry> registries, String name) {
        this.registries = registries;
        this.name = name;
    }

    /**
     * The service of a service id, be it a URL or not.
     *
     * @throws Refusal (UNAVAILABLE) if there is no registry, or it does not work: never "there is no such service"
     */
    Optional<Service> find(String id) {
        return match.find(all(), id);
    }

    /** The service of a URL that a browser may be sent to. */
    Optional<Service> findWeb(String id) {
        return match.findWeb(all(), id);
    }

    private List<Service> all() {
        try (Chain<ServiceRegistry> chain = registries.enter()) {
            return chosen(chain.links()).call(ServiceRegistry::services);
        } catch (PluginFault failed) {
            log.atWarn().setCause(failed).log("the service registry failed");
            throw unavailable();
        }
    }

    private Link<ServiceRegistry> chosen(List<Link<ServiceRegistry>> links) {
        return links.stream()
                .filter(link ->
                        name.isEmpty() || name.equals(link.info().properties().get(ServiceRegistry.NAME)))
                .findFirst()
                .orElseThrow(Services::unavailable);
    }

    private static Refusal unavailable() {
        return Refusal.of(
                Refusal.Kind.UNAVAILABLE, "services-unavailable", "Services cannot be looked up at the moment.");
    }
}

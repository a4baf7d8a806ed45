package org.latchkey.cas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.cas.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the one service that a service id belongs to: the first in the registry's order whose rule it keeps to. URLs are
 * compared in the form of {@link ServiceUrl}, never as texts; whatever is no URL of the web, as a proxy's target may be,
 * belongs only to a service that registered this very text (EXACT). A service whose own URL makes no sense is left out,
 * and said so in the log, once; the others are not affected.
 *
 * <p>So that a service id was found does not make it a place to redirect to: see {@link #isWeb}.
 */
public final class ServiceMatch {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceMatch.class);

    private record Entry(Service service, ServiceRule rule) {}

    /** The rules of the list that was asked last, made once. */
    private record Table(List<Service> services, List<Entry> entries) {}

    private volatile Table table = new Table(List.of(), List.of());

    /**
     * The service of a service id.
     *
     * @param services all, in order; while it is the same list, its rules are not made anew
     * @param id as it came from the client, decoded once
     */
    public Optional<Service> find(List<Service> services, String id) {
        Optional<ServiceUrl> url = ServiceUrl.parse(id);
        if (!ServiceUrl.isDecent(id) || url.isEmpty() && ServiceUrl.isMeant(id)) {
            return Optional.empty();
        }
        return first(services, id, url);
    }

    /** The same of an id that is a URL of the web, and so a browser can be sent there; nothing of another. */
    public Optional<Service> findWeb(List<Service> services, String id) {
        Optional<ServiceUrl> url = ServiceUrl.parse(id);
        return url.isPresent() && ServiceUrl.isDecent(id) ? first(services, id, url) : Optional.empty();
    }

    private Optional<Service> first(List<Service> services, String id, Optional<ServiceUrl> url) {
        return entries(services).stream()
                .filter(entry -> entry.rule().matches(id, url))
                .map(Entry::service)
                .findFirst();
    }

    /** Whether a service id is a URL of the web, and so a browser can be sent there. */
    public static boolean isWeb(String id) {
        return ServiceUrl.parse(id).isPresent();
    }

    /** Whether two service ids mean the same: equal as URLs, session ids and fragments aside, or as texts. */
    public static boolean isSame(String one, String other) {
        return ServiceUrl.isMeant(one)
                ? ServiceUrl.parse(one).isPresent() && ServiceUrl.parse(one).equals(ServiceUrl.parse(other))
                : one.equals(other);
    }

    /** What is wrong with the URL of a service, in a sentence for the operator; nothing if it can be matched. */
    public static Optional<String> fault(Service service) {
        try {
            ServiceRule.of(service);
            return Optional.empty();
        } catch (IllegalArgumentException senseless) {
            return Optional.of(senseless.getMessage());
        }
    }

    private List<Entry> entries(List<Service> services) {
        Table known = table;
        if (known.services() != services) {
            known = new Table(services, compiled(services));
            table = known;
        }
        return known.entries();
    }

    private static List<Entry> compiled(List<Service> services) {
        List<Entry> entries = new ArrayList<>();
        for (Service service : services) {
            try {
                entries.add(new Entry(service, ServiceRule.of(service)));
            } catch (IllegalArgumentException senseless) {
                LOG.atWarn()
                        .addKeyValue("service", service.name())
                        .addKeyValue("reason", senseless.getMessage())
                        .log("a CAS service matches nothing");
            }
        }
        return List.copyOf(entries);
    }
}

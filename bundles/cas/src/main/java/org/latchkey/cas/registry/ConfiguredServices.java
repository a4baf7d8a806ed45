package org.latchkey.cas.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.ServiceRegistry;
import org.latchkey.cas.registry.ConfiguredService.Reading;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The applications that the files {@code etc/latchkey.cas.service-*.config} describe, by their {@code order} and then by
 * name; live. One that makes no sense, or has the name of one before it, is left out and said so in the log.
 */
@Component(
        service = ServiceRegistry.class,
        immediate = true, // so that the log tells of a senseless file before the first sign-in
        property = {ServiceRegistry.NAME + "=configuration", "service.ranking:Integer=0"})
public final class ConfiguredServices implements ServiceRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredServices.class);

    private static final Comparator<Reading> ORDER =
            Comparator.comparingInt(Reading::order).thenComparing(Reading::name).thenComparing(Reading::url);

    private final Map<ConfiguredService, Reading> readings = new HashMap<>();
    private volatile List<Service> services = List.of();
    private volatile Map<String, String> faults = Map.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindService(ConfiguredService service) {
        readings.put(service, service.reading());
        refresh();
    }

    synchronized void updatedService(ConfiguredService service) {
        bindService(service);
    }

    synchronized void unbindService(ConfiguredService service) {
        readings.remove(service);
        refresh();
    }

    private void refresh() {
        List<Service> sound = new ArrayList<>();
        Map<String, String> senseless = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        readings.values().stream().sorted(ORDER).forEach(reading -> {
            if (reading.service().isEmpty()) {
                senseless.put(reading.name(), reading.fault());
            } else if (names.add(reading.name())) {
                sound.add(reading.service().get());
            } else {
                senseless.put(reading.name(), "There is another service of this name before it.");
            }
        });
        senseless.forEach((name, fault) -> {
            if (!fault.equals(faults.get(name))) {
                LOG.atWarn()
                        .addKeyValue("service", name)
                        .addKeyValue("reason", fault)
                        .log("a CAS service is left out");
            }
        });
        faults = Map.copyOf(senseless);
        if (!sound.equals(services)) {
            services = List.copyOf(sound);
        }
    }

    /** What is wrong with those that are left out, by name. */
    Map<String, String> faults() {
        return faults;
    }

    @Override
    public List<Service> services() {
        return services;
    }
}

package org.latchkey.kernel.extension;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator granted to an extension: {@code latchkey.grants} in the configuration of its PID. A
 * service property of that name is not enough, since a plugin could set it for itself.
 */
final class Grants {

    static final String PROPERTY = "latchkey.grants";

    private static final Logger log = LoggerFactory.getLogger(Grants.class);

    private final ConfigurationAdmin configurations;

    Grants(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    Set<String> of(ServiceReference<?> reference) {
        Set<String> grants = new TreeSet<>();
        if (reference.getProperty("service.pid") instanceof String pid) {
            for (Configuration configuration : find(pid)) {
                Object granted = configuration.getProperties().get(PROPERTY);
                if (granted instanceof String[] names) {
                    grants.addAll(Set.of(names));
                } else if (granted instanceof String name) {
                    grants.add(name);
                } else if (granted instanceof Collection<?> names) {
                    names.forEach(name -> grants.add(String.valueOf(name)));
                }
            }
        }
        return Set.copyOf(grants);
    }

    private Configuration[] find(String pid) {
        try {
            Configuration[] found = configurations.listConfigurations("(service.pid=" + pid + ")");
            return found == null ? new Configuration[0] : found;
        } catch (IOException | InvalidSyntaxException unreadable) {
            log.atWarn().addKeyValue("pid", pid).setCause(unreadable).log("grants nothing: configuration unreadable");
            return new Configuration[0];
        }
    }
}

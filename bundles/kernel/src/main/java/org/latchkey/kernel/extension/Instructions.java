package org.latchkey.kernel.extension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.kernel.ExtensionInfo;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator says about an extension in the configuration of its PID: what it is granted, and whether
 * it must be there. A service property of the same name is not enough, since a plugin could set it for itself.
 */
final class Instructions {

    static final String GRANTS = "latchkey.grants";

    /** {@code required} or {@code advisory}. */
    static final String POLICY = "policy";

    /** At which points a required extension works, for as long as it is not there to tell. */
    static final String POINTS = "latchkey.points";

    private static final Logger log = LoggerFactory.getLogger(Instructions.class);
    private static final Set<String> POLICIES = Set.of(ExtensionInfo.REQUIRED, ExtensionInfo.ADVISORY);

    private final ConfigurationAdmin configurations;

    Instructions(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    Set<String> grants(ServiceReference<?> reference) {
        Set<String> grants = new TreeSet<>();
        configurationsOf(reference).forEach(each -> grants.addAll(texts(each.get(GRANTS))));
        return Set.copyOf(grants);
    }

    /** The policy of an extension; other words than ours are a setting of its own that has the same name. */
    String policy(ServiceReference<?> reference) {
        return configurationsOf(reference).stream()
                .map(Instructions::policy)
                .filter(policy -> !policy.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String policy(Dictionary<String, Object> configuration) {
        return configuration.get(POLICY) instanceof String said && POLICIES.contains(said) ? said : "";
    }

    /** All that the operator requires, whether it is there or not. */
    List<Requirement> requirements() {
        return find("(" + POLICY + "=*)").stream()
                .filter(each -> policy(each).equals(ExtensionInfo.REQUIRED))
                .map(each -> new Requirement((String) each.get("service.pid"), texts(each.get(POINTS))))
                .toList();
    }

    private List<Dictionary<String, Object>> configurationsOf(ServiceReference<?> reference) {
        return reference.getProperty("service.pid") instanceof String pid
                ? find("(service.pid=" + pid + ")")
                : List.of();
    }

    private List<Dictionary<String, Object>> find(String filter) {
        List<Dictionary<String, Object>> found = new ArrayList<>();
        try {
            Configuration[] configured = configurations.listConfigurations(filter);
            for (Configuration each : configured == null ? new Configuration[0] : configured) {
                found.add(each.getProperties());
            }
        } catch (IOException | InvalidSyntaxException unreadable) {
            log.atWarn()
                    .addKeyValue("filter", filter)
                    .setCause(unreadable)
                    .log("grants nothing: configuration unreadable");
        }
        return found;
    }

    private static Set<String> texts(Object value) {
        Set<String> texts = new TreeSet<>();
        if (value instanceof String[] many) {
            texts.addAll(List.of(many));
        } else if (value instanceof Collection<?> many) {
            many.forEach(each -> texts.add(String.valueOf(each)));
        } else if (value != null) {
            texts.add(String.valueOf(value));
        }
        return texts;
    }
}

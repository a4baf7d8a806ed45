package org.latchkey.kernel.configuration;

import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Settings of plugins that the launcher was given, by the environment: they count before those of the files in {@code etc/},
 * which may change as they like (OSGi Compendium 104.9). Where no file makes a configuration, there is one all the same.
 *
 * <p>The framework property {@value #PROPERTY} names them, with blanks between, as {@code PID/key}; each has its value in
 * a property of its own, {@code latchkey.configuration.PID/key}. A name that ends with {@code []} is a list, with commas.
 */
@Component(
        service = {Overrides.class, ConfigurationPlugin.class, ConfigurationListener.class},
        immediate = true,
        property = ConfigurationPlugin.CM_RANKING + ":Integer=1000")
public final class Overrides implements ConfigurationPlugin, ConfigurationListener {

    static final String PROPERTY = "latchkey.configuration";

    private static final String LIST = "[]";
    private static final String ANYWHERE = "?";

    /** The PID of a configuration that says nothing, and whose changes tell when it is our turn. */
    private static final String TURN = PROPERTY + ".turn";

    private final ConfigurationAdmin configurations;
    private final Attempts attempts = new Attempts();

    /** The values of each key, by PID. */
    private final Map<String, Map<String, Object>> given;

    @Activate
    public Overrides(BundleContext context, @Reference ConfigurationAdmin configurations) {
        this(context::getProperty, configurations);
    }

    Overrides(Function<String, String> properties, ConfigurationAdmin configurations) {
        this.configurations = configurations;
        this.given = read(properties);
        given.keySet().forEach(this::make);
    }

    private static Map<String, Map<String, Object>> read(Function<String, String> properties) {
        Map<String, Map<String, Object>> given = new TreeMap<>();
        String names = Optional.ofNullable(properties.apply(PROPERTY)).orElse("");
        for (String name : names.isBlank() ? new String[0] : names.strip().split(" ")) {
            int slash = name.indexOf('/');
            String value = properties.apply(PROPERTY + "." + name);
            boolean isList = name.endsWith(LIST);
            String key = name.substring(slash + 1, name.length() - (isList ? LIST.length() : 0));
            given.computeIfAbsent(name.substring(0, slash), none -> new HashMap<>())
                    .put(key, isList ? value.split(",") : value);
        }
        return given;
    }

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        Object pid = properties.get(Constants.SERVICE_PID);
        if (pid != null) {
            given.getOrDefault(pid.toString(), Map.of()).forEach(properties::put);
        }
    }

    /**
     * A file was taken away: what it did not say is still said. Not at once, for a component that hears of the new
     * configuration before it has heard that the old one is gone takes it for older; events come one after the other, so
     * that of a configuration of our own comes when everybody has heard. In between, some milliseconds, it has its defaults; longer
     * only if the configuration cannot be made, which is tried until it works and logged.
     */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() == ConfigurationEvent.CM_DELETED && given.containsKey(event.getPid())) {
            attempts.make(TURN, () -> at(TURN).update(new Hashtable<>()));
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED
                && event.getPid().equals(TURN)) {
            given.keySet()
                    .forEach(pid -> attempts.make(pid, () -> {
                        if (there(pid).isEmpty()) {
                            at(pid).update(new Hashtable<>());
                        }
                    }));
        }
    }

    @Deactivate
    void stop() {
        attempts.close();
    }

    /** Makes the configuration if there is none, and has whoever has it already take it anew. */
    private void make(String pid) {
        attempts.make(pid, () -> {
            List<Configuration> there = there(pid);
            if (there.isEmpty()) {
                at(pid).update(new Hashtable<>());
            }
            for (Configuration each : there) {
                each.update();
            }
        });
    }

    private List<Configuration> there(String pid) throws IOException, InvalidSyntaxException {
        Configuration[] found = configurations.listConfigurations("(" + Constants.SERVICE_PID + "=" + pid + ")");
        return found == null ? List.of() : List.of(found);
    }

    private Configuration at(String pid) throws IOException {
        int instance = pid.indexOf('~');
        return instance < 0
                ? configurations.getConfiguration(pid, ANYWHERE)
                : configurations.getFactoryConfiguration(
                        pid.substring(0, instance), pid.substring(instance + 1), ANYWHERE);
    }
}

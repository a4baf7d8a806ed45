package org.latchkey.shell.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;

/** The parts of the server and how each of them is: plugins, their extensions, and what has a health check. */
final class Subsystems {

    private static final Set<String> PLUGIN_WELL = Set.of("active", "superseded");
    private static final Set<String> EXTENSION_WELL = Set.of("active", "held");

    private final Optional<Plugins> plugins;
    private final Optional<ExtensionPoints> points;

    Subsystems(Optional<Plugins> plugins, Optional<ExtensionPoints> points) {
        this.plugins = plugins;
        this.points = points;
    }

    /** How one part is; the fault is empty while it is well. */
    record Health(String name, String fault) {

        boolean isWell() {
            return fault.isEmpty();
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("ok", isWell());
            json.put("fault", fault);
            return json;
        }
    }

    List<Health> health() {
        List<Health> all = new ArrayList<>();
        all.add(new Health("kernel", plugins.isPresent() && points.isPresent() ? "" : "is not running"));
        plugins.ifPresent(present -> present.list().forEach(each -> all.add(ofPlugin(each))));
        points.ifPresent(present -> {
            present.all().forEach(chain -> addIll(chain, all));
            addChecked(present.of(HealthCheck.class), all);
        });
        return all;
    }

    private static Health ofPlugin(PluginInfo plugin) {
        String name = "plugin-" + (plugin.symbolicName().isEmpty() ? plugin.file() : plugin.symbolicName());
        return new Health(name, PLUGIN_WELL.contains(plugin.state()) ? "" : plugin.state() + ": " + plugin.reason());
    }

    private static void addIll(Extensions<?> chain, List<Health> all) {
        for (ExtensionInfo each : chain.list()) {
            if (!EXTENSION_WELL.contains(each.state())) {
                all.add(new Health("extension-" + each.name(), each.state() + ": " + each.reason()));
            }
        }
    }

    private static void addChecked(Extensions<HealthCheck> checks, List<Health> all) {
        try (Chain<HealthCheck> chain = checks.enter()) {
            chain.links().forEach(link -> all.add(checked(link)));
        }
    }

    private static Health checked(Link<HealthCheck> link) {
        try {
            return link.call(check -> new Health(check.name(), check.fault().orElse("")));
        } catch (PluginFault | Refusal broken) {
            return new Health(link.info().name(), "its health check failed");
        }
    }
}

package org.latchkey.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

/** Asks every part of the server how it is. */
final class Health {

    private final Extensions<HealthCheck> checks;

    Health(ExtensionPoints points) {
        this.checks = points.of(HealthCheck.class);
    }

    /** The server's own parts, as far as it is not ready without them. */
    List<Subsystem> core() {
        return ask(info -> info.core() && !Boolean.TRUE.equals(info.properties().get(HealthCheck.TOLERABLE)));
    }

    /** Everything: the server's own parts, the checks of plugins, and each plugin. */
    List<Subsystem> all(Plugins plugins) {
        List<Subsystem> all = new ArrayList<>(ask(ExtensionInfo::core));
        all.addAll(ask(info -> !info.core()));
        plugins.list().forEach(plugin -> all.add(of(plugin)));
        return all;
    }

    private List<Subsystem> ask(Predicate<ExtensionInfo> which) {
        List<Subsystem> asked = new ArrayList<>();
        try (Chain<HealthCheck> chain = checks.enter()) {
            chain.links().stream().filter(link -> which.test(link.info())).forEach(link -> asked.add(ask(link)));
        }
        return asked;
    }

    private static Subsystem ask(Link<HealthCheck> link) {
        String prefix = link.info().core() ? "" : "plugin-";
        try {
            String name = prefix + link.call(HealthCheck::name);
            return new Subsystem(
                    name, link.info().core(), link.call(HealthCheck::fault).orElse(""));
        } catch (PluginFault | Refusal fault) {
            return new Subsystem(prefix + link.info().name(), link.info().core(), "The check itself failed.");
        }
    }

    private static Subsystem of(PluginInfo plugin) {
        String name = plugin.symbolicName().isEmpty() ? plugin.file() : plugin.symbolicName();
        boolean superseded = plugin.state().equals("superseded");
        return new Subsystem("plugin-" + name, false, superseded ? "" : plugin.reason());
    }
}

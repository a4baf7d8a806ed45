package org.latchkey.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.PluginCheck;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;

/** Plugins that are only listed, for tests. Takes every upload that is not empty for {@code org.example.plugin}. */
public final class MemoryPlugins implements Plugins {

    private final List<PluginInfo> plugins = new ArrayList<>();

    public static PluginInfo plugin(String name, String version, String state, String reason) {
        return new PluginInfo(name, version, name + ".jar", "00ff", state, false, reason, List.of("hook"));
    }

    public MemoryPlugins with(PluginInfo plugin) {
        plugins.add(plugin);
        return this;
    }

    @Override
    public List<PluginInfo> list() {
        return List.copyOf(plugins);
    }

    @Override
    public PluginInfo install(InputStream jar) throws IOException {
        refuseEmpty(jar);
        return replace(plugin("org.example.plugin", "1.0.0", "active", ""));
    }

    private static void refuseEmpty(InputStream jar) throws IOException {
        if (jar.readAllBytes().length == 0) {
            throw new Refusal("plugin-rejected", "The file is empty.");
        }
    }

    private PluginInfo replace(PluginInfo plugin) {
        plugins.removeIf(each -> each.symbolicName().equals(plugin.symbolicName()));
        plugins.add(plugin);
        return plugin;
    }

    @Override
    public void remove(String symbolicName) {
        plugins.remove(find(symbolicName));
    }

    /** Version 0.9.0 serves then. */
    @Override
    public PluginInfo rollback(String symbolicName) {
        return replace(plugin(find(symbolicName).symbolicName(), "0.9.0", "active", ""));
    }

    @Override
    public void disable(String symbolicName) {
        replace(plugin(find(symbolicName).symbolicName(), "1.0.0", "disabled", ""));
    }

    @Override
    public PluginInfo enable(String symbolicName) {
        return replace(plugin(find(symbolicName).symbolicName(), "1.0.0", "active", ""));
    }

    /** Every jar that is not empty fits. */
    @Override
    public PluginCheck check(InputStream jar) throws IOException {
        boolean empty = jar.readAllBytes().length == 0;
        return new PluginCheck(
                empty ? "" : "org.example.plugin",
                empty ? "" : "1.0.0",
                empty ? List.of(PluginCheck.Finding.rejected("The file is empty.", "Build it anew.")) : List.of(),
                "",
                List.of(),
                List.of());
    }

    private PluginInfo find(String symbolicName) {
        return plugins.stream()
                .filter(plugin -> plugin.symbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("plugin", symbolicName));
    }
}

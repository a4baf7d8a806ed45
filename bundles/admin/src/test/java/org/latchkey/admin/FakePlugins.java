package org.latchkey.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;

/** Takes every upload that is not empty for the plugin {@code org.example.plugin}. */
final class FakePlugins implements Plugins {

    final List<PluginInfo> plugins = new ArrayList<>();

    static PluginInfo plugin(String name, String version, String state, String reason) {
        return new PluginInfo(name, version, name + ".jar", "00ff", state, reason, List.of("hook"));
    }

    @Override
    public List<PluginInfo> list() {
        return List.copyOf(plugins);
    }

    @Override
    public PluginInfo install(InputStream jar) throws IOException {
        if (jar.readAllBytes().length == 0) {
            throw new Refusal("plugin-rejected", "The file is empty.");
        }
        plugins.add(plugin("org.example.plugin", "1.0.0", "active", ""));
        return plugins.get(plugins.size() - 1);
    }

    @Override
    public void remove(String symbolicName) {
        if (!plugins.removeIf(plugin -> plugin.symbolicName().equals(symbolicName))) {
            throw Refusal.notFound("plugin", symbolicName);
        }
    }
}

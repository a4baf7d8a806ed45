package org.latchkey.kernel.notice;

import java.util.List;
import java.util.Map;
import org.latchkey.api.extension.NoticeCatalogue;
import org.osgi.service.component.annotations.Component;

/** The notices that {@link Announcer} makes. */
@Component
public final class PluginTopics implements NoticeCatalogue {

    private static final Map<String, String> PLUGIN = Map.of(
            "plugin", "symbolic name of the plugin",
            "version", "its version",
            "sha256", "SHA-256 of its jar",
            "reason", "why, if there is more to say");
    private static final Map<String, String> EXTENSION = Map.of(
            "plugin", "symbolic name of the plugin",
            "version", "its version",
            "point", "the extension point",
            "extension", "the extension",
            "reason", "why, if there is more to say");

    @Override
    public List<Topic> topics() {
        return List.of(
                new Topic("plugin.deployed", "A plugin serves, and none of it did before.", "plugin", PLUGIN),
                new Topic(
                        "plugin.replaced",
                        "Another revision of a plugin took over.",
                        "plugin",
                        Map.of(
                                "plugin", "symbolic name of the plugin",
                                "version", "its version",
                                "before", "the version that served until then",
                                "sha256", "SHA-256 of its jar",
                                "reason", "why, if there is more to say")),
                new Topic("plugin.rolled-back", "A revision of a plugin was found bad and goes.", "plugin", PLUGIN),
                new Topic("plugin.removed", "A plugin was taken out.", "plugin", PLUGIN),
                new Topic(
                        "plugin.rejected",
                        "A jar was not let in.",
                        "file",
                        Map.of(
                                "file", "name of the jar in the deploy directory",
                                "reason", "why")),
                new Topic(
                        "extension.quarantined",
                        "An extension failed too often, or by hand was put out of service.",
                        "extension",
                        EXTENSION),
                new Topic("extension.released", "An extension is in service again.", "extension", EXTENSION));
    }
}

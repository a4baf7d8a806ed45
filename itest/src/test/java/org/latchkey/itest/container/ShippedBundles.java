package org.latchkey.itest.container;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.runtime.BundleId;
import org.latchkey.runtime.Features;
import org.ops4j.pax.exam.Option;

/** The very bundles and framework properties of the distribution, for a framework inside the test's own JVM. */
final class ShippedBundles {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("latchkey.distribution"));
    private static final String PACKAGES = "org.osgi.framework.system.packages.extra";

    private ShippedBundles() {}

    /** The server on directories of its own. */
    static Option server() {
        Features features = Features.read(DISTRIBUTION.resolve("features"));
        List<Option> options = new ArrayList<>();
        for (BundleId id : features.bundles()) {
            options.add(bundle(
                    DISTRIBUTION.resolve("system").resolve(fileName(id)).toUri().toString()));
        }
        Map<String, String> properties = new LinkedHashMap<>(features.frameworkProperties());
        options.add(systemPackages(properties.remove(PACKAGES).split(",(?=org)")));
        properties.putAll(settings());
        properties.forEach((name, value) -> options.add(frameworkProperty(name).value(value)));
        options.add(
                systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"));
        options.add(systemProperty("java.awt.headless").value("true"));
        options.add(junitBundles());
        return composite(options.toArray(Option[]::new));
    }

    private static Map<String, String> settings() {
        try (ServerSocket free = new ServerSocket(0)) {
            Path folder = Files.createTempDirectory("latchkey");
            Map<String, String> settings = new LinkedHashMap<>();
            for (String name : List.of("data", "deploy", "etc", "log")) {
                settings.put(
                        "latchkey." + name,
                        Files.createDirectories(folder.resolve(name)).toString());
            }
            settings.put("felix.fileinstall.dir", settings.get("latchkey.etc"));
            settings.put("latchkey.home", folder.toString());
            settings.put("latchkey.root.secret", "correct horse battery staple");
            settings.put("org.osgi.service.http.port", String.valueOf(free.getLocalPort()));
            settings.put("org.apache.felix.http.host", "127.0.0.1");
            return settings;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String fileName(BundleId id) {
        return id.fileName();
    }
}

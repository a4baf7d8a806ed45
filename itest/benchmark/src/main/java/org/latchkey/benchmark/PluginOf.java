package org.latchkey.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.osgi.framework.BundleActivator;

/** A plugin of one class. */
public final class PluginOf {

    private PluginOf() {}

    /** Takes the class and a file to write the jar to. */
    public static void main(String[] arguments) throws Exception {
        Class<? extends BundleActivator> activator = Class.forName(arguments[0]).asSubclass(BundleActivator.class);
        Files.move(jar(activator, "extension", "http", "proc"), Path.of(arguments[1]));
    }

    /**
     * The jar of a class, named for its package.
     *
     * @param packages of the API that it uses, such as {@code http}
     */
    static Path jar(Class<? extends BundleActivator> activator, String... packages) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", activator.getPackageName());
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Bundle-Activator", activator.getName());
        headers.putValue(
                "Import-Package",
                Arrays.stream(packages)
                        .map(name -> "org.latchkey.api." + name + ";version=\"[1,2)\"")
                        .collect(Collectors.joining(",", "org.osgi.framework,", "")));
        Path jar = Files.createTempFile("benchmark", ".jar");
        String entry = activator.getName().replace('.', '/') + ".class";
        try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream from = activator.getResourceAsStream("/" + entry)) {
            to.putNextEntry(new JarEntry(entry));
            from.transferTo(to);
        }
        return jar;
    }
}

package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What this distribution consists of, read from its {@code features/}. All features run, in the order of their file
 * names, but for {@code plugins.json}: that one names the bundles which lie in {@code plugins/} until an operator
 * copies them to {@code deploy/}.
 *
 * @param running the features that run
 * @param plugins the bundles that ship without running
 */
public record Features(List<Feature> running, List<BundleId> plugins) {

    private static final String PLUGINS = "plugins.json";

    public Features {
        running = List.copyOf(running);
        plugins = List.copyOf(plugins);
    }

    /** Reads every {@code *.json} of the directory; refused if one is broken or none is there. */
    public static Features read(Path directory) {
        List<Path> files = files(directory);
        return new Features(
                files.stream()
                        .filter(file -> !file.endsWith(PLUGINS))
                        .map(FeatureReader::read)
                        .toList(),
                files.stream()
                        .filter(file -> file.endsWith(PLUGINS))
                        .map(FeatureReader::read)
                        .flatMap(feature -> feature.bundles().stream())
                        .map(Feature.Entry::id)
                        .toList());
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new StartRefused("there is no feature in " + directory);
            }
            return files;
        } catch (IOException unreadable) {
            throw new StartRefused("the features in " + directory + " cannot be read", unreadable);
        }
    }

    /** The bundles of {@code system/}, in the order in which they are installed. */
    public List<BundleId> bundles() {
        return entries().map(Feature.Entry::id).toList();
    }

    /** Those of {@link #bundles()} that run while the first secret is set. */
    public List<BundleId> bootstrapBundles() {
        return entries().filter(Feature.Entry::bootstrap).map(Feature.Entry::id).toList();
    }

    /** The framework properties of all features; of two values for one name the later feature's counts. */
    public Map<String, String> frameworkProperties() {
        Map<String, String> merged = new TreeMap<>();
        running.forEach(feature -> merged.putAll(feature.frameworkProperties()));
        return merged;
    }

    private Stream<Feature.Entry> entries() {
        return running.stream().flatMap(feature -> feature.bundles().stream());
    }
}

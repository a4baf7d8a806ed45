package org.latchkey.kernel.why;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.apache.felix.utils.resource.CapabilitySet;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.Rejection;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * A jar that may become a plugin, as far as it can be read without loading anything of it.
 *
 * @param jar the file
 * @param headers of its manifest, by name in any case
 * @param resource what it requires and provides
 * @param requirements what it cannot be resolved without, in the order of its headers
 * @param classes what it has classes of its own for
 * @param components what it describes for Declarative Services
 */
public record Candidate(
        Jar jar,
        Map<String, String> headers,
        Resource resource,
        List<Requirement> requirements,
        OwnClasses classes,
        Components components) {

    /** Reads it, or says why it is not even a bundle. */
    public static Candidate of(Jar jar) throws IOException, Rejection {
        try (JarFile file = new JarFile(jar.file().toFile(), false)) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Map.Entry<Object, Object> header :
                    file.getManifest().getMainAttributes().entrySet()) {
                headers.put(((Attributes.Name) header.getKey()).toString(), (String) header.getValue());
            }
            Resource resource = ResourceBuilder.build(null, headers);
            return new Candidate(
                    jar,
                    Collections.unmodifiableMap(headers),
                    resource,
                    Requirements.mandatory(resource, headers),
                    OwnClasses.of(file, headers),
                    Components.of(file, headers));
        } catch (BundleException malformed) {
            throw new Rejection("Its manifest is malformed: " + root(malformed) + ".");
        }
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Optional.ofNullable(root.getMessage()).orElse(root.toString()).replaceAll("\\.$", "");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip);
    }

    public boolean isSingleton() {
        return resource.getCapabilities("osgi.wiring.bundle").stream()
                .anyMatch(self -> "true".equals(self.getDirectives().get(Constants.SINGLETON_DIRECTIVE)));
    }

    /** What it would provide to itself. */
    List<Capability> provides(Requirement requirement) {
        return resource.getCapabilities(requirement.getNamespace()).stream()
                .filter(each -> CapabilitySet.matches(each, requirement))
                .toList();
    }

    /** Whether it would find the class or its package, in itself or by an import. */
    boolean sees(String className) {
        String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
        return className.startsWith("java.")
                || classes.has(className)
                || resource.getRequirements("osgi.wiring.package").stream().anyMatch(each -> each.getDirectives()
                        .getOrDefault("filter", "")
                        .contains("(osgi.wiring.package=" + packageName + ")"))
                || header(Constants.DYNAMICIMPORT_PACKAGE).isPresent()
                || header(Constants.REQUIRE_BUNDLE).isPresent();
    }
}

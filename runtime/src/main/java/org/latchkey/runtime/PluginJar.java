package org.latchkey.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A bundle in a directory, and what its components provide (OSGi Compendium 112).
 *
 * @param path of the jar
 */
record PluginJar(Path path, String symbolicName, List<Component> components) {

    private static final String DOCUMENTS = "OSGI-INF/";
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /** @param services simple names of the interfaces that it provides */
    record Component(String name, List<String> services) {

        String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    /** The bundles of a directory, which need not be there. What is no bundle, or cannot be read, is left to who installs it. */
    static List<PluginJar> in(Path directory) {
        List<PluginJar> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
                jars.forEach(jar -> read(jar).ifPresent(found::add));
            } catch (IOException unreadable) {
                throw new StartRefused(directory + " cannot be read: " + unreadable.getMessage(), unreadable);
            }
        }
        return found;
    }

    /** The components that provide a service of this simple name. */
    List<Component> providing(String service) {
        return components.stream()
                .filter(each -> each.services().contains(service))
                .toList();
    }

    private static Optional<PluginJar> read(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            Optional<String> name = Optional.ofNullable(jar.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(headers -> headers.getValue("Bundle-SymbolicName"))
                    .map(header -> header.split(";", 2)[0].strip());
            return name.isPresent() ? Optional.of(new PluginJar(path, name.get(), components(jar))) : Optional.empty();
        } catch (IOException | SAXException | ParserConfigurationException broken) {
            return Optional.empty(); // the deployer says what is wrong with it
        }
    }

    private static List<Component> components(JarFile jar)
            throws IOException, SAXException, ParserConfigurationException {
        List<Component> components = new ArrayList<>();
        for (JarEntry entry : jar.stream().toList()) {
            if (entry.getName().matches(DOCUMENTS + "[^/]+\\.xml")) {
                component(jar, entry).ifPresent(components::add);
            }
        }
        return components;
    }

    private static Optional<Component> component(JarFile jar, JarEntry entry)
            throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(NO_DOCTYPE, true);
        factory.setNamespaceAware(true);
        try (InputStream xml = jar.getInputStream(entry)) {
            Element root = factory.newDocumentBuilder().parse(xml).getDocumentElement();
            return root.getLocalName().equals("component")
                    ? Optional.of(new Component(root.getAttribute("name"), services(root)))
                    : Optional.empty();
        }
    }

    private static List<String> services(Element component) {
        NodeList provided = component.getElementsByTagName("provide");
        List<String> services = new ArrayList<>();
        for (int i = 0; i < provided.getLength(); i++) {
            String whole = ((Element) provided.item(i)).getAttribute("interface");
            services.add(whole.substring(whole.lastIndexOf('.') + 1));
        }
        return services;
    }
}

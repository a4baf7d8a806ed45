package org.latchkey.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What can be configured, read from the Metatype documents (OSGi Compendium 105) inside the jars of some directories. */
final class Metatype {

    private static final String DOCUMENTS = "OSGI-INF/metatype/";
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /**
     * One key of a configuration.
     *
     * @param type Metatype's name of it: String, Long, Password ...
     * @param list whether it may have many values
     * @param fallback the value if it is not configured, a list's with commas between; empty for none
     * @param min and max: as they are written there, empty for no limit
     * @param options the only values it may have, empty for any
     */
    record Attribute(
            String key,
            String type,
            boolean list,
            String name,
            String description,
            String fallback,
            String min,
            String max,
            List<String> options) {

        boolean isSecret() {
            return type.equals("Password") || Discreet.isSecret(key);
        }
    }

    /**
     * What one PID can be configured with.
     *
     * @param factory whether it may have several instances
     */
    record Definition(String pid, boolean factory, String name, String description, List<Attribute> attributes) {

        Optional<Attribute> attribute(String key) {
            return attributes.stream().filter(each -> each.key().equals(key)).findFirst();
        }
    }

    private final Map<String, Definition> definitions = new TreeMap<>();

    private Metatype() {}

    /** Reads the jars of these directories; one that is not there is left out, a broken document is refused. */
    static Metatype of(Path... directories) {
        Metatype metatype = new Metatype();
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                metatype.addJars(directory);
            }
        }
        return metatype;
    }

    List<Definition> definitions() {
        return List.copyOf(definitions.values());
    }

    Optional<Definition> find(String pid) {
        return Optional.ofNullable(definitions.get(pid));
    }

    private void addJars(Path directory) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path jar : jars) {
                addJar(jar);
            }
        } catch (IOException unreadable) {
            throw new StartRefused(directory + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private void addJar(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(DOCUMENTS) && entry.getName().endsWith(".xml")) {
                    try (InputStream document = jar.getInputStream(entry)) {
                        addDocument(document);
                    }
                }
            }
        } catch (IOException | SAXException | ParserConfigurationException broken) {
            throw new StartRefused(path + " has a Metatype document that cannot be read", broken);
        }
    }

    private void addDocument(InputStream xml) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(NO_DOCTYPE, true);
        Document document = factory.newDocumentBuilder().parse(xml);
        Map<String, Element> classes = new TreeMap<>();
        elements(document.getElementsByTagName("OCD")).forEach(each -> classes.put(each.getAttribute("id"), each));
        for (Element designate : elements(document.getElementsByTagName("Designate"))) {
            Element object = (Element) designate.getElementsByTagName("Object").item(0);
            Element described = classes.get(object.getAttribute("ocdref"));
            if (described != null) {
                add(designate, described);
            }
        }
    }

    private void add(Element designate, Element described) {
        boolean factory = designate.hasAttribute("factoryPid");
        String pid = designate.getAttribute(factory ? "factoryPid" : "pid");
        List<Attribute> attributes = new ArrayList<>();
        elements(described.getElementsByTagName("AD")).forEach(each -> attributes.add(attribute(each)));
        definitions.putIfAbsent(
                pid,
                new Definition(
                        pid,
                        factory,
                        described.getAttribute("name"),
                        described.getAttribute("description"),
                        List.copyOf(attributes)));
    }

    private static Attribute attribute(Element xml) {
        String cardinality = xml.getAttribute("cardinality");
        return new Attribute(
                xml.getAttribute("id"),
                xml.getAttribute("type"),
                !cardinality.isEmpty() && !cardinality.equals("0"),
                xml.getAttribute("name"),
                xml.getAttribute("description"),
                xml.getAttribute("default"),
                xml.getAttribute("min"),
                xml.getAttribute("max"),
                elements(xml.getElementsByTagName("Option")).stream()
                        .map(option -> option.getAttribute("value"))
                        .toList());
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}

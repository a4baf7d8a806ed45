package org.latchkey.kernel.why;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the components of one description; follows no reference out of it. */
final class ComponentReader {

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private final List<ServiceComponent> components = new ArrayList<>();

    private String name = "";
    private String implementation = "";
    private boolean enabled;
    private boolean needsConfiguration;
    private List<String> pids = new ArrayList<>();
    private List<String> services = new ArrayList<>();
    private Map<String, ServiceComponent.Need> needs = new HashMap<>();
    private Map<String, String> properties = new HashMap<>();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    ComponentReader(InputStream content) throws XMLStreamException {
        synchronized (FACTORY) {
            xml = FACTORY.createXMLStreamReader(content);
        }
    }

    List<ServiceComponent> read() throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                begin(xml.getLocalName());
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("component")) {
                components.add(finished());
            }
        }
        return components;
    }

    private void begin(String element) throws XMLStreamException {
        switch (element) {
            case "component" -> beginComponent();
            case "implementation" -> implementation = attribute("class").orElse("");
            case "provide" -> attribute("interface").ifPresent(services::add);
            case "reference" -> reference();
            case "property" -> property();
            default -> {}
        }
    }

    private void beginComponent() {
        name = attribute("name").orElse("");
        implementation = "";
        enabled = attribute("enabled").map(Boolean::parseBoolean).orElse(true);
        needsConfiguration =
                attribute("configuration-policy").filter("require"::equals).isPresent();
        pids = attribute("configuration-pid")
                .map(several -> List.of(several.strip().split("\\s+")))
                .orElse(List.of());
        services = new ArrayList<>();
        needs = new HashMap<>();
        properties = new HashMap<>();
    }

    private void reference() {
        String service = attribute("interface").orElse("");
        if (attribute("cardinality").orElse("1..1").startsWith("1")) {
            String reference = attribute("name").orElse(service);
            needs.put(
                    reference,
                    new ServiceComponent.Need(service, attribute("target").orElse("")));
        }
    }

    private void property() throws XMLStreamException {
        Optional<String> key = attribute("name");
        Optional<String> value = attribute("value");
        if (key.isPresent()) {
            properties.put(
                    key.get(),
                    value.isPresent() ? value.get() : xml.getElementText().strip());
        }
    }

    private ServiceComponent finished() {
        String known = name.isEmpty() ? implementation : name;
        List<ServiceComponent.Need> all = needs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new ServiceComponent.Need(
                        each.getValue().service(),
                        properties.getOrDefault(
                                each.getKey() + ".target", each.getValue().target())))
                .toList();
        List<String> named = pids.isEmpty()
                ? List.of(known)
                : Stream.of(pids)
                        .flatMap(List::stream)
                        .map(pid -> pid.equals("$") ? known : pid)
                        .toList();
        return new ServiceComponent(
                known, implementation, enabled, needsConfiguration, named, services, all, properties);
    }

    private Optional<String> attribute(String attribute) {
        return Optional.ofNullable(xml.getAttributeValue(null, attribute)).map(String::strip);
    }
}

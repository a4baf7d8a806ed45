package org.latchkey.cas.answer;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.latchkey.api.http.Response;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** An answer as a client's parser sees it. */
final class Document {

    private final Element root;

    private Document(Element root) {
        this.root = root;
    }

    static Document of(Response response) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return new Document(factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(response.body()))
                .getDocumentElement());
    }

    static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    Element root() {
        return root;
    }

    /** All elements of that local name, at any depth, whatever their namespace, as the Java client looks for them. */
    List<Element> elements(String local) {
        NodeList found = root.getElementsByTagNameNS("*", local);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    List<String> texts(String local) {
        return elements(local).stream().map(Element::getTextContent).toList();
    }

    String attribute(String local, String name) {
        return elements(local).get(0).getAttribute(name);
    }
}

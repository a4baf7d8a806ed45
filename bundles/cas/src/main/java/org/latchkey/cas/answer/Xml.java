package org.latchkey.cas.answer;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes one document, without any blank that was not given. All text is escaped by the writer of the JDK, which is taken by
 * name so that no other on the class path comes in between.
 */
final class Xml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
    private static final int USUAL_LENGTH = 1024;

    private final StringWriter text = new StringWriter(USUAL_LENGTH);
    private final XMLStreamWriter writer;

    /** Writes into it; nothing is read or sent, so an error is one in the program. */
    @FunctionalInterface
    interface Content {
        void writeTo(Xml xml) throws XMLStreamException;
    }

    private Xml() throws XMLStreamException {
        writer = FACTORY.createXMLStreamWriter(text);
    }

    static byte[] document(Content content) {
        return string(content).getBytes(StandardCharsets.UTF_8);
    }

    static String string(Content content) {
        try {
            Xml xml = new Xml();
            content.writeTo(xml);
            xml.writer.flush();
            return xml.text.toString();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Xml start(Name name) throws XMLStreamException {
        writer.writeStartElement(
                name.space().prefix(), name.local(), name.space().uri());
        return this;
    }

    Xml declare(Space space) throws XMLStreamException {
        writer.writeNamespace(space.prefix(), space.uri());
        return this;
    }

    Xml attribute(String name, String value) throws XMLStreamException {
        writer.writeAttribute(name, Characters.allowed(value));
        return this;
    }

    /** A carriage return is written as a reference, since readers make a line feed of it otherwise. */
    Xml text(String value) throws XMLStreamException {
        String rest = Characters.allowed(value);
        for (int at = rest.indexOf('\r'); at >= 0; at = rest.indexOf('\r')) {
            writer.writeCharacters(rest.substring(0, at));
            writer.writeEntityRef("#13");
            rest = rest.substring(at + 1);
        }
        writer.writeCharacters(rest);
        return this;
    }

    Xml end() throws XMLStreamException {
        writer.writeEndElement();
        return this;
    }

    /** An element with nothing but text. */
    Xml element(Name name, String value) throws XMLStreamException {
        return start(name).text(value).end();
    }

    /** A namespace and the prefix under which it is declared. */
    record Space(String prefix, String uri) {

        Name name(String local) {
            return new Name(this, local);
        }
    }

    /** The name of an element. */
    record Name(Space space, String local) {}
}

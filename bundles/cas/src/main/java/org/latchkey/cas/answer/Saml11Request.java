package org.latchkey.cas.answer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.latchkey.api.Refusal;

/**
 * What is posted to {@code samlValidate}: a SAML 1.1 request in a SOAP envelope (CAS 3.0.3, section 4.2).
 *
 * <p>Read is nothing but elements and text: a document type, an entity, a comment or a processing instruction is refused
 * wherever it stands, so that no two readers can find different tickets in it. {@code RequestID} and {@code IssueInstant}
 * may be missing, since an Apache module sends neither; the second is not looked at, as the ticket is good for one use and
 * has its own end.
 *
 * @param ticket as it was sent, without blanks around it; never empty
 * @param id {@code RequestID}, to be repeated in the answer
 */
public record Saml11Request(String ticket, Optional<String> id) {

    /** How many bytes a request may have. */
    public static final int LIMIT = 16_384;

    private static final int DEEPEST = 16;
    private static final int LONGEST_TICKET = 1024;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,256}");
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:1.0:protocol";
    private static final String ARTIFACT = "AssertionArtifact";
    private static final String PATH = String.join(
            "",
            step(new QName(SOAP, "Envelope")),
            step(new QName(SOAP, "Body")),
            step(new QName(PROTOCOL, "Request")),
            step(new QName(PROTOCOL, ARTIFACT)));
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing is fetched.");
        });
        return factory;
    }

    /**
     * Reads one.
     *
     * @throws Refusal (INVALID) if it is none, or has not exactly one artifact; (TOO_LARGE) beyond {@link #LIMIT}
     */
    public static Saml11Request read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "too-large", "The SAML request is too large.");
        }
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes));
            return new Reading(xml).read();
        } catch (XMLStreamException malformed) {
            throw refused("The SAML request is not well-formed.");
        }
    }

    private static Refusal refused(String why) {
        return Refusal.invalid("", why);
    }

    private static String step(QName name) {
        return "/" + name;
    }

    /** One document on the way through. */
    private static final class Reading {

        private final XMLStreamReader xml;
        private final Deque<String> open = new ArrayDeque<>();
        private final StringBuilder ticket = new StringBuilder();
        private Optional<String> id = Optional.empty();
        private int requests;
        private int artifacts;

        Reading(XMLStreamReader xml) {
            this.xml = xml;
        }

        Saml11Request read() throws XMLStreamException {
            while (xml.hasNext()) {
                step(xml.next());
            }
            String found = ticket.toString().strip();
            if (requests != 1 || artifacts != 1 || found.isEmpty()) {
                throw refused("A SAML request has one AssertionArtifact, in one Request.");
            }
            return new Saml11Request(found, id);
        }

        private void step(int event) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
                case XMLStreamConstants.END_DOCUMENT -> {}
                case XMLStreamConstants.COMMENT -> refuseCommentInside();
                default -> throw refused("A SAML request has elements and text, and nothing else.");
            }
        }

        /** Before and after the envelope nothing can come of it, and the Java client begins with one. */
        private void refuseCommentInside() {
            if (!open.isEmpty()) {
                throw refused("A SAML request has no comments within its envelope.");
            }
        }

        private void start() {
            if (open.size() == DEEPEST || PATH.equals(path())) {
                throw refused("The elements of the SAML request are too deep.");
            }
            open.addLast(Saml11Request.step(xml.getName()));
            if (xml.getLocalName().equals(ARTIFACT)) {
                artifacts++;
                if (!PATH.equals(path())) {
                    throw refused("The AssertionArtifact is not in the Request of a SOAP envelope.");
                }
            }
            if (xml.getLocalName().equals("Request")) {
                requests++;
                readId();
            }
        }

        private void readId() {
            id = Optional.ofNullable(xml.getAttributeValue(null, "RequestID"));
            if (id.isPresent() && !ID.matcher(id.get()).matches()) {
                throw refused("The RequestID is malformed.");
            }
        }

        private void text() {
            if (PATH.equals(path())) {
                ticket.append(xml.getText());
                if (ticket.length() > LONGEST_TICKET) {
                    throw refused("The AssertionArtifact is too long.");
                }
            }
        }

        private String path() {
            return String.join("", open);
        }
    }
}

package org.latchkey.kernel.jar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Refuses XML that the server would read for a plugin, component and metatype descriptions, if it has a
 * document type: with one it could read files and grow without end.
 */
final class ComponentXml implements JarCheck {

    private static final String NO_DOCUMENT_TYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    @Override
    public void refuse(Jar jar) throws IOException, Rejection {
        List<String> components = Headers.of(jar.file()).paths("Service-Component");
        try (ZipFile zip = new ZipFile(jar.file().toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (isRead(entry.getName(), components)) {
                    refuse(zip, entry);
                }
            }
        }
    }

    private static boolean isRead(String name, List<String> components) {
        boolean ofTheServer = name.startsWith("OSGI-INF/") && name.endsWith(".xml");
        return ofTheServer || components.stream().anyMatch(component -> matches(name, component));
    }

    /** A component description may be named with a pattern for its last part. */
    private static boolean matches(String name, String component) {
        String path = component.startsWith("/") ? component.substring(1) : component;
        StringBuilder pattern = new StringBuilder();
        for (char c : path.toCharArray()) {
            pattern.append(c == '*' ? "[^/]*" : Pattern.quote(String.valueOf(c)));
        }
        return name.matches(pattern.toString());
    }

    private static void refuse(ZipFile zip, ZipEntry entry) throws IOException, Rejection {
        try (InputStream content = zip.getInputStream(entry)) {
            parser().parse(content, new Closed());
        } catch (SAXParseException broken) {
            throw new Rejection("Its " + entry.getName() + " has a document type or is no XML: line "
                    + broken.getLineNumber() + ": " + broken.getMessage());
        } catch (SAXException broken) {
            throw new Rejection("Its " + entry.getName() + " is no XML: " + broken.getMessage());
        }
    }

    private static SAXParser parser() throws SAXException {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCUMENT_TYPE, true);
            return factory.newSAXParser();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads nothing from elsewhere and prints nothing. */
    private static final class Closed extends DefaultHandler {

        @Override
        public void fatalError(SAXParseException broken) throws SAXException {
            throw broken;
        }
    }
}

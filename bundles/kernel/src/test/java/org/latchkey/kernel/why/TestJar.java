package org.latchkey.kernel.why;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes a jar as no build tool would. */
final class TestJar {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private TestJar() {}

    /** A plugin that sees the API and has nothing in it. */
    static TestJar named(String symbolicName) {
        return new TestJar()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", "1.0.0")
                .header(
                        "Import-Package",
                        "org.latchkey.api;version=\"[1,2)\",org.latchkey.api.extension;version=\"[1,2)\","
                                + "org.latchkey.api.http;version=\"[1,2)\"");
    }

    TestJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    TestJar without(String name) {
        headers.remove(name);
        return this;
    }

    TestJar imports(String more) {
        return header("Import-Package", headers.get("Import-Package") + "," + more);
    }

    TestJar entry(String path, byte[] content) {
        entries.put(path, content);
        return this;
    }

    TestJar entry(String path, String content) {
        return entry(path, content.getBytes(StandardCharsets.UTF_8));
    }

    TestJar with(Class<?> type) {
        return entry(path(type), bytes(type));
    }

    /** The class as a compiler of a later Java would have written it. */
    TestJar compiledFor(int java, Class<?> type) {
        byte[] content = bytes(type);
        content[6] = 0;
        content[7] = (byte) (44 + java);
        return entry(path(type), content);
    }

    /** Describes a component of a class, with this inside its element. */
    TestJar component(String name, Class<?> type, String content) {
        return description(name, type.getName(), "", content);
    }

    TestJar description(String name, String type, String attributes, String content) {
        String path = "OSGI-INF/" + name + ".xml";
        headers.merge("Service-Component", path, (one, other) -> one + "," + other);
        return entry(path, """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s" %s>
                  <implementation class="%s"/>
                  %s
                </scr:component>
                """.formatted(name, attributes, type, content));
    }

    static String provides(String... services) {
        StringBuilder text = new StringBuilder("<service>");
        for (String service : services) {
            text.append("<provide interface=\"").append(service).append("\"/>");
        }
        return text.append("</service>").toString();
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] bytes(Class<?> type) {
        try (InputStream code = type.getClassLoader().getResourceAsStream(path(type))) {
            return code.readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    byte[] build() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}

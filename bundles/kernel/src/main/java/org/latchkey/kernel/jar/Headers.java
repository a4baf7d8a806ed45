package org.latchkey.kernel.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The main section of a manifest. Read more strictly than the JDK or the framework do, so that all three
 * see the same: a header stands once, and every line is well-formed.
 */
final class Headers {

    static final String MANIFEST = "META-INF/MANIFEST.MF";

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]*): ([^\\x00]*)");

    private final Map<String, String> values;

    private Headers(Map<String, String> values) {
        this.values = values;
    }

    /** The headers of the jar's manifest. */
    static Headers of(Path jar) throws IOException, Rejection {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Optional<ZipEntry> manifest = Optional.ofNullable(zip.getEntry(MANIFEST));
            return of(
                    zip, manifest.orElseThrow(() -> new Rejection("It has no manifest, so it is not an OSGi bundle.")));
        }
    }

    static Headers of(ZipFile zip, ZipEntry manifest) throws IOException, Rejection {
        try (InputStream content = zip.getInputStream(manifest)) {
            return of(content.readAllBytes());
        }
    }

    static Headers of(byte[] manifest) throws Rejection {
        String text = new String(manifest, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        if (text.indexOf('\r') >= 0 || !text.endsWith("\n")) {
            throw malformed("it has lines without an end");
        }
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String main = text.substring(0, Math.max(0, (text + "\n").indexOf("\n\n")));
        for (String line : main.replace("\n ", "").split("\n")) {
            Matcher header = LINE.matcher(line);
            if (!header.matches()) {
                throw malformed("a line is no header");
            }
            String value = new String(header.group(2).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            if (values.put(header.group(1), value) != null) {
                throw malformed("the header " + header.group(1) + " is there twice");
            }
        }
        return new Headers(values);
    }

    private static Rejection malformed(String how) {
        return new Rejection("Its manifest is malformed: " + how + ".");
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A header of the form {@code path; path; name=value; name:="value", path ...}, in its parts. */
    List<Clause> clauses(String name) {
        return value(name).map(Clause::parse).orElse(Collections.emptyList());
    }

    /** What stands before the first parameters, in all clauses of a header. */
    List<String> paths(String name) {
        List<String> paths = new ArrayList<>();
        clauses(name).forEach(clause -> paths.addAll(clause.paths()));
        return paths;
    }
}

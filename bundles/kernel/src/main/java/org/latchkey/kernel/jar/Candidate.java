package org.latchkey.kernel.jar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;

/**
 * What the rules for plugins look at.
 *
 * @param headers of its manifest
 * @param supplements headers for newer Java versions (OSGi Core 3.11), which replace its imports there
 * @param entries the names of all its files
 * @param serverPackages what the server's own bundles and the framework export
 */
record Candidate(Headers headers, List<Headers> supplements, Set<String> entries, Set<String> serverPackages) {

    private static final Pattern SUPPLEMENT = Pattern.compile("META-INF/versions/[0-9]+/OSGI-INF/MANIFEST\\.MF");

    static Candidate of(Jar jar, Set<String> serverPackages) throws IOException, Rejection {
        try (ZipFile zip = new ZipFile(jar.file().toFile())) {
            Set<String> entries = new TreeSet<>();
            List<Headers> supplements = new ArrayList<>();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                entries.add(entry.getName());
                if (SUPPLEMENT.matcher(entry.getName()).matches()) {
                    supplements.add(Headers.of(zip, entry));
                }
            }
            return new Candidate(Headers.of(jar.file()), supplements, entries, serverPackages);
        }
    }

    List<String> exports() {
        return headers.paths(Constants.EXPORT_PACKAGE);
    }

    /** The packages it imports, on whatever Java version and whenever. */
    List<String> imports() {
        return Stream.concat(Stream.of(headers), supplements.stream())
                .flatMap(
                        each -> Stream.concat(each.paths(Constants.IMPORT_PACKAGE).stream(), dynamicImports().stream()))
                .toList();
    }

    List<String> dynamicImports() {
        return headers.paths(Constants.DYNAMICIMPORT_PACKAGE);
    }
}

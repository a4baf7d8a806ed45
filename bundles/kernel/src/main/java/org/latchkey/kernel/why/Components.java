package org.latchkey.kernel.why;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLStreamException;
import org.latchkey.api.kernel.PluginCheck.Finding;

/**
 * What a bundle describes for Declarative Services (OSGi Compendium, 112).
 *
 * @param all the components whose descriptions can be read
 * @param faults what is wrong with the other descriptions
 */
public record Components(List<ServiceComponent> all, List<Finding> faults) {

    private static final String HEADER = "Service-Component";

    static Components of(JarFile file, Map<String, String> headers) throws IOException {
        List<ServiceComponent> all = new ArrayList<>();
        List<Finding> faults = new ArrayList<>();
        for (String each : headers.getOrDefault(HEADER, "").split(",")) {
            String place = each.split(";", 2)[0].strip();
            List<ZipEntry> entries = place.isEmpty() ? List.of() : entries(file, place);
            if (entries.isEmpty() && !place.isEmpty() && !place.contains("*")) {
                faults.add(Finding.rejected(
                        "Its " + HEADER + " header names " + place + ", which is not in the jar.",
                        "Build the jar anew and let bnd write the header and the file."));
            }
            for (ZipEntry entry : entries) {
                read(file, entry, all, faults);
            }
        }
        return new Components(List.copyOf(all), List.copyOf(faults));
    }

    /** A star stands for any part of a file name in a folder. */
    private static List<ZipEntry> entries(JarFile file, String place) {
        String folder = place.substring(0, place.lastIndexOf('/') + 1);
        String[] parts = place.substring(folder.length()).split("\\*", -1);
        Pattern names = Pattern.compile(
                String.join("[^/]*", List.of(parts).stream().map(Pattern::quote).toList()));
        return Collections.list(file.entries()).stream()
                .filter(entry -> entry.getName().startsWith(folder))
                .filter(entry -> names.matcher(entry.getName().substring(folder.length()))
                        .matches())
                .map(entry -> (ZipEntry) entry)
                .toList();
    }

    private static void read(JarFile file, ZipEntry entry, List<ServiceComponent> all, List<Finding> faults)
            throws IOException {
        try (InputStream xml = file.getInputStream(entry)) {
            all.addAll(new ComponentReader(xml).read());
        } catch (XMLStreamException malformed) {
            faults.add(Finding.rejected(
                    "Its component description " + entry.getName() + " cannot be read as XML.",
                    "Build the jar anew and let bnd write the description."));
        }
    }
}

package org.latchkey.kernel.jar;

import java.nio.file.Path;
import org.osgi.framework.Version;

/**
 * A complete, well-formed bundle in the deploy directory.
 *
 * @param file where it lies
 * @param symbolicName from its manifest
 * @param version from its manifest
 * @param sha256 of the whole file, in hex
 */
public record Jar(Path file, String symbolicName, Version version, String sha256) {

    public String fileName() {
        return file.getFileName().toString();
    }

    /** The location its bundle gets: other content is another bundle. */
    public String location() {
        return LOCATION + sha256;
    }

    /** The same content in another place. */
    public Jar at(Path place) {
        return new Jar(place, symbolicName, version, sha256);
    }

    public static final String LOCATION = "deploy:";
}

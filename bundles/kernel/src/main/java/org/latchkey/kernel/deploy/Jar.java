package org.latchkey.kernel.deploy;

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
record Jar(Path file, String symbolicName, Version version, String sha256) {

    String fileName() {
        return file.getFileName().toString();
    }

    /** The location its bundle gets: other content is another bundle. */
    String location() {
        return LOCATION + sha256;
    }

    static final String LOCATION = "deploy:";
}

package org.latchkey.kernel.jar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Reads a file of the deploy directory as a bundle, and says what is wrong with it. Loads no class of it. */
public final class JarReader {

    /** Files are named after it, so it is refused here already if it is none. */
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private JarReader() {}

    /** Whether the file may still be the beginning of a jar that is being written. */
    public static boolean mayGrow(Path file) throws IOException {
        return SoundZip.mayGrow(file);
    }

    /** The bundle in the file, or the reason why it is none. */
    public static Jar read(Path file) throws IOException, Rejection {
        SoundZip.refuse(file);
        Headers headers = Headers.of(file);
        return new Jar(file, symbolicName(headers), version(headers), Sha256.of(file));
    }

    private static String symbolicName(Headers headers) throws Rejection {
        List<String> names = headers.paths(Constants.BUNDLE_SYMBOLICNAME);
        if (names.isEmpty()) {
            throw new Rejection("It is not an OSGi bundle: its manifest has no Bundle-SymbolicName.");
        }
        if (names.size() > 1 || !SYMBOLIC_NAME.matcher(names.get(0)).matches()) {
            throw new Rejection("Its Bundle-SymbolicName \"" + String.join(";", names) + "\" is not a name.");
        }
        return names.get(0);
    }

    private static Version version(Headers headers) throws Rejection {
        String version = headers.value(Constants.BUNDLE_VERSION).orElse("0");
        try {
            return Version.parseVersion(version);
        } catch (IllegalArgumentException malformed) {
            throw new Rejection("Its Bundle-Version \"" + version + "\" is not a version.");
        }
    }
}

package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code *.config} of the directory of configuration.
 *
 * @param pid what it configures; of a factory instance, whose file is {@code PID-instance.config}, the PID alone
 */
record EtcFile(Path path, String pid) {

    private static final String ENDING = ".config";

    /** That of the launcher itself, which no component gets. */
    static final String LAUNCHER = "latchkey";

    /** All of them, by name; none if there is no such directory. */
    static List<EtcFile> in(Path etc) {
        List<EtcFile> files = new ArrayList<>();
        if (Files.isDirectory(etc)) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(etc, "*" + ENDING)) {
                paths.forEach(path -> files.add(new EtcFile(path, pid(path))));
            } catch (IOException unreadable) {
                throw new StartRefused(etc + " cannot be read: " + unreadable.getMessage(), unreadable);
            }
        }
        files.sort((one, other) -> one.path().compareTo(other.path()));
        return files;
    }

    /** As the running server cuts it: at the first hyphen. */
    private static String pid(Path path) {
        String name = path.getFileName().toString();
        String whole = name.substring(0, name.length() - ENDING.length());
        int hyphen = whole.indexOf('-');
        return hyphen < 0 ? whole : whole.substring(0, hyphen);
    }

    /** The name without its ending. */
    String name() {
        String name = path.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    /** The PID it configures, of a factory instance with the instance's name: {@code PID~instance}. */
    String instance() {
        return name().replaceFirst("-", "~");
    }

    boolean isOfTheLauncher() {
        return name().equals(LAUNCHER);
    }
}

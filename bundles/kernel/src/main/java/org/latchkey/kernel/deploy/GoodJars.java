package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.latchkey.kernel.jar.Jar;

/**
 * Copies of the jars that serve, by content. Overwriting a jar with a bad one destroys the good one; this
 * is where it comes back from.
 */
final class GoodJars {

    private final Path folder;

    GoodJars(Path data) {
        this.folder = data.resolve("plugins");
    }

    void keep(Jar jar) throws IOException {
        Files.createDirectories(folder);
        Path copy = copyOf(jar);
        if (!Files.exists(copy)) {
            Path partial = Files.createTempFile(folder, "copy", ".part");
            Files.copy(jar.file(), partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Puts the jar back where it lay. */
    void restore(Jar jar) throws IOException {
        Path partial = jar.file().resolveSibling("." + jar.fileName() + ".part");
        Files.copy(copyOf(jar), partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, jar.file(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Drops the copies of everything else. */
    void keepOnly(Set<String> sha256) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder)) {
                for (Path copy : copies) {
                    String name = copy.getFileName().toString();
                    if (!sha256.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
                        Files.deleteIfExists(copy);
                    }
                }
            }
        }
    }

    private Path copyOf(Jar jar) {
        return folder.resolve(jar.sha256() + ".jar");
    }
}

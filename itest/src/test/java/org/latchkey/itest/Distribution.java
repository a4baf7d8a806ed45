package org.latchkey.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.latchkey.runtime.Features;

/** The distribution under test, as the build of {@code runtime/} left it. */
final class Distribution {

    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    /** The one that the build names, else the one beside this module. */
    static Distribution built() {
        Path home = Path.of(System.getProperty("latchkey.distribution", "../runtime/target/latchkey"));
        if (!Files.isDirectory(home.resolve("system"))) {
            throw new IllegalStateException("no distribution in "
                    + home.toAbsolutePath().normalize() + "; build it: mvn -pl runtime -am package");
        }
        return new Distribution(home.toAbsolutePath().normalize());
    }

    Features features() {
        return Features.read(home.resolve("features"));
    }

    /** The jars that run, in no order of importance. */
    List<Path> system() {
        return jars("system");
    }

    /** The jars that ship without running. */
    List<Path> plugins() {
        return jars("plugins");
    }

    private List<Path> jars(String folder) {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

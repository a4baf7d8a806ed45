package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the parts of this installation lie. */
record Places(Path home, Path data, Path deploy, Path etc, Path log) {

    static Places of(Settings settings) {
        return new Places(
                settings.path("latchkey.home"),
                settings.path("latchkey.data"),
                settings.path("latchkey.deploy"),
                settings.path("latchkey.etc"),
                settings.path("latchkey.log"));
    }

    Path features() {
        return home.resolve("features");
    }

    Path system() {
        return home.resolve("system");
    }

    /** Holds nothing that the next start could not make again. */
    Path cache() {
        return data.resolve("cache");
    }

    /** Makes the directories the server writes to; a new data directory is its owner's alone. */
    void make() {
        try {
            if (!Files.exists(data)) {
                Files.createDirectories(
                        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.createDirectories(cache());
            Files.createDirectories(deploy);
            Files.createDirectories(log);
        } catch (IOException impossible) {
            throw new StartRefused("a directory cannot be made: " + impossible, impossible);
        }
    }
}

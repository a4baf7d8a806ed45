package org.latchkey.runtime.procs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;

/**
 * The file of the client's settings, its owner's alone. As long as there is none, that of Proctor's client is read in its
 * place, and never written.
 */
final class ClientFile {

    private final Path own;
    private final Path proctors;

    ClientFile(Path own, Path proctors) {
        this.own = own;
        this.proctors = proctors;
    }

    static ClientFile of(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")));
        String chosen = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path configuration = chosen.isEmpty() ? home.resolve(".config") : Path.of(chosen);
        return new ClientFile(
                configuration.resolve("latchkey").resolve("procs.yaml"),
                home.resolve(".proctor").resolve("proctor.yaml"));
    }

    Path own() {
        return own;
    }

    boolean exists() {
        return Files.exists(own);
    }

    /** Where the settings come from. */
    Path source() {
        return Files.exists(own) || !Files.exists(proctors) ? own : proctors;
    }

    /** What it says, without names that the client does not know. */
    Map<Setting, String> read() throws IOException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        Path source = source();
        if (Files.exists(source)) {
            FlatYaml.read(Files.readString(source), source.toString()).forEach((name, value) -> Setting.named(name)
                    .ifPresent(setting -> settings.put(setting, value.strip())));
        }
        return settings;
    }

    /** Its owner's from the first byte on, and never half written. */
    void write(Map<Setting, String> settings) throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach((setting, value) -> text.append(FlatYaml.line(setting.name(), value)));
        Files.createDirectories(own.getParent());
        Path fresh = Files.createTempFile(
                own.getParent(),
                ".procs",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, own, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}

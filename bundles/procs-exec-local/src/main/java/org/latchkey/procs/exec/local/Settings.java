package org.latchkey.procs.exec.local;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operator decides about processes.
 *
 * @param root where their folders are
 * @param path the PATH of programs
 * @param memoryMiB of address space that a process may have; 0 for any
 * @param outputMiB that a run may say
 * @param fileMiB that a file may have which a process writes; 0 for any
 * @param atOnce how many runs at once
 * @param grace between asking a run to end and ending it
 * @param keep how long the output of a run is kept after its end was told
 */
record Settings(
        Path root,
        String path,
        Programs programs,
        int memoryMiB,
        int outputMiB,
        int fileMiB,
        int atOnce,
        Duration grace,
        Duration keep) {

    /** The most that a setting may be: so that nothing computed of it overflows. */
    private static final int MOST = 1_000_000;

    /**
     * @param data the server's data directory
     * @throws IllegalArgumentException naming all that is wrong
     */
    static Settings of(LocalExecutor.Config config, Path data) {
        List<String> faults = new ArrayList<>();
        check(faults, "memoryMiB", config.memoryMiB(), 0);
        check(faults, "outputMiB", config.outputMiB(), 1);
        check(faults, "fileMiB", config.fileMiB(), 0);
        check(faults, "atOnce", config.atOnce(), 1);
        check(faults, "graceSeconds", config.graceSeconds(), 0);
        check(faults, "keepMinutes", config.keepMinutes(), 1);
        if (config.path().isBlank() || config.path().indexOf(0) >= 0) {
            faults.add("path must name directories");
        }
        Path root = data.resolve("procs-local");
        try {
            root = config.directory().isBlank() ? root : data.resolve(config.directory());
        } catch (InvalidPathException e) {
            faults.add("directory \"" + config.directory() + "\" is no path");
        }
        Programs programs = Programs.of(config.programs(), faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return new Settings(
                root.toAbsolutePath().normalize(),
                config.path(),
                programs,
                config.memoryMiB(),
                config.outputMiB(),
                config.fileMiB(),
                config.atOnce(),
                Duration.ofSeconds(config.graceSeconds()),
                Duration.ofMinutes(config.keepMinutes()));
    }

    long outputBytes() {
        return outputMiB * 1024L * 1024;
    }

    private static void check(List<String> faults, String name, int value, int least) {
        if (value < least || value > MOST) {
            faults.add(name + " must be from " + least + " to " + MOST + ", not " + value);
        }
    }
}

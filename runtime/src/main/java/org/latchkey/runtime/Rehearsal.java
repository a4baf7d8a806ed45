package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The making of the class archive, in the background of a first start: {@code bin/latchkey rehearse} starts a second
 * server on a throw-away data directory, at low priority, and has the JVM write down which classes it needed. So the
 * archive is there for the next start even if this server should be killed.
 */
final class Rehearsal {

    private final Optional<Process> process;

    private Rehearsal(Optional<Process> process) {
        this.process = process;
    }

    /** Begins it if the start script wants it, which then gives the file of the archive as a system property. */
    static Rehearsal begin(Path home) {
        String archive = System.getProperty("latchkey.archive", "");
        return new Rehearsal(archive.isEmpty() ? Optional.empty() : start(home, archive));
    }

    private static Optional<Process> start(Path home, String archive) {
        try {
            return Optional.of(
                    new ProcessBuilder(home.resolve("bin").resolve("latchkey").toString(), "rehearse", archive)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException impossible) {
            LoggerFactory.getLogger(Rehearsal.class)
                    .atInfo()
                    .setCause(impossible)
                    .log("no class archive");
            return Optional.empty();
        }
    }

    /** Breaks it off, if it still goes on; the next start begins another. */
    void end() {
        process.ifPresent(Process::destroy);
    }
}

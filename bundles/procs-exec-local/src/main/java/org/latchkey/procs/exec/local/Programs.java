package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latchkey.api.Refusal;

/**
 * Which programs may be run.
 *
 * @param allowed programs, and directories with all below them; any program if empty
 */
record Programs(List<Path> allowed) {

    static Programs of(String[] allowed, List<String> faults) {
        List<Path> paths = new ArrayList<>();
        for (String each : Arrays.stream(allowed).map(String::strip).toList()) {
            if (!each.startsWith("/") || each.indexOf(0) >= 0) {
                faults.add("programs must be absolute paths, not \"" + each + "\"");
            } else {
                paths.add(Path.of(each));
            }
        }
        return new Programs(List.copyOf(paths));
    }

    /**
     * Looks where links lead, so that a link in an allowed directory allows nothing outside of it.
     *
     * @throws Refusal if it is no program or none that may be run
     */
    void check(String program) {
        // An equals sign would make env(1) take it for a variable.
        if (!program.startsWith("/") || program.indexOf('=') >= 0) {
            throw Refusal.invalid("/command/0", "The program must be an absolute path without \"=\".");
        }
        try {
            Path path = Path.of(program).toRealPath();
            if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
                throw Refusal.invalid("/command/0", "The program cannot be executed.");
            }
            if (!allowed.isEmpty() && !isAllowed(path)) {
                throw Refusal.of(
                        Refusal.Kind.DENIED, "program-not-allowed", "The operator does not allow this program here.");
            }
        } catch (IOException | InvalidPathException e) {
            throw Refusal.invalid("/command/0", "There is no such program on this machine.");
        }
    }

    private boolean isAllowed(Path program) throws IOException {
        for (Path each : allowed) {
            // Looked up each time: a directory that is made later counts.
            if (Files.exists(each) && program.startsWith(each.toRealPath())) {
                return true;
            }
        }
        return false;
    }
}

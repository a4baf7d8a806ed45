package org.latchkey.itest.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The configuration of a server, written as an operator does who knows that somebody reads it meanwhile. */
public final class Etc {

    private Etc() {}

    /** Gives a PID these lines and no others, in one step. */
    public static void configure(Server server, String pid, String... lines) {
        try {
            Path partial = Files.write(server.etc().resolve(pid + ".part"), List.of(lines));
            Files.move(partial, server.etc().resolve(pid + ".config"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

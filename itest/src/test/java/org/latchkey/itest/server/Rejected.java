package org.latchkey.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the server did not take: {@code deploy/.rejected/}. */
public final class Rejected {

    private final Server server;

    public Rejected(Server server) {
        this.server = server;
    }

    public boolean has(String file) {
        return Files.exists(reasonFile(file)) && Files.exists(folder().resolve(file));
    }

    /** Waits until a file is rejected and gives the reason, which is one line. */
    public String reason(String file, long seconds) {
        Server.await(seconds, () -> has(file));
        String reason = read(reasonFile(file)).strip();
        assertThat(reason.lines()).as(reason).hasSize(1);
        return reason;
    }

    /** Forgets what was rejected, as an operator does who has read it. */
    public void clear() {
        if (!Files.isDirectory(folder())) {
            return;
        }
        try (var files = Files.list(folder())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path folder() {
        return server.deploy().resolve(".rejected");
    }

    private Path reasonFile(String file) {
        return folder().resolve(file + ".reason.txt");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}

package org.latchkey.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A way to a socket that fits into a socket address, which holds about a hundred bytes: the path itself, or
 * one through a symbolic link that lasts as long as this.
 */
record ReachablePath(Path path, Optional<Path> link) implements Closeable {

    private static final int FITS = 100;

    static ReachablePath to(Path socket) throws IOException {
        Path whole = socket.toAbsolutePath();
        if (whole.toString().getBytes(StandardCharsets.UTF_8).length <= FITS) {
            return new ReachablePath(whole, Optional.empty());
        }
        Path link = Files.createTempDirectory("latchkey").resolve("d");
        Files.createSymbolicLink(link, whole.getParent());
        return new ReachablePath(link.resolve(whole.getFileName()), Optional.of(link));
    }

    @Override
    public void close() throws IOException {
        if (link.isPresent()) {
            Files.delete(link.get());
            Files.delete(link.get().getParent());
        }
    }
}

package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory whose content can be made again. */
record DisposableTree(Path root) {

    /** Removes it with all it holds, if it is there. */
    void delete() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        for (Path entry : deepestFirst()) {
            Files.delete(entry);
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> entries = Files.walk(root)) {
            return entries.sorted(Comparator.reverseOrder()).toList();
        }
    }
}

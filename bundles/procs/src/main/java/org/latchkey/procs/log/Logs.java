package org.latchkey.procs.log;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * The logs in the store. The lines of a run are in chunks, whose keys count backwards, so that one query finds the chunk with a
 * certain line: the first at or before it.
 */
public final class Logs {

    private static final String KIND = "procrunlog";
    private static final long END = 1_000_000_000_000L;
    private static final int NUMBER_WIDTH = 16;

    private final Store store;

    public Logs(Store store) {
        this.store = store;
    }

    private static String prefix(long run) {
        return padded(run) + "/";
    }

    private static String padded(long number) {
        String digits = Long.toString(number);
        return "0".repeat(NUMBER_WIDTH - digits.length()) + digits;
    }

    private static String key(long run, long first) {
        return prefix(run) + padded(END - first);
    }

    /** The chunk that has this line, if it is stored. */
    Optional<Chunk> at(long run, long line) {
        return upTo(run, line).filter(chunk -> chunk.holds(line));
    }

    private Optional<Chunk> upTo(long run, long line) {
        List<Item> found = store.list(KIND, prefix(run), key(run, line + 1), 1);
        return found.stream().findFirst().map(Chunk::of);
    }

    /** Tells the first lines of a log, as many as are wanted and there. */
    public void read(long run, long lines, Reader reader) throws IOException {
        long position = 0;
        while (position < lines) {
            List<String> found = at(run, position).map(Chunk::lines).orElse(List.of());
            if (found.isEmpty()) {
                return;
            }
            for (String line : found.subList(0, (int) Math.min(found.size(), lines - position))) {
                reader.line(line);
            }
            position += found.size();
        }
    }

    /** Takes a line. */
    @FunctionalInterface
    public interface Reader {
        void line(String text) throws IOException;
    }

    /** The last chunk of a log of so many lines; an empty one if there are none. */
    Chunk last(long run, long lines) {
        return lines == 0 ? Chunk.empty(0) : at(run, lines - 1).orElseGet(() -> Chunk.empty(lines));
    }

    static Write put(long run, Chunk chunk) {
        return new Write.Put(new Item(KIND, key(run, chunk.first()), chunk.version(), chunk.body(), List.of()));
    }
}

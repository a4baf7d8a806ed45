package org.latchkey.procs.log;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.store.Write;

/**
 * Writes the log of one run, at its end. It says what to store and goes on from there only when that is stored. Of a log
 * that gets too long the rest is left out, and its last line says so. Used by one thread at a time.
 */
public final class LogWriter {

    /** A chunk that has reached this many characters is left as it is; with one more line it still fits an item. */
    private static final int FULL = 64 * 1024;

    private static final int LONGEST_LINE = 16_384;

    /**
     * What to store.
     *
     * @param lines how many lines the log has then
     * @param size how many characters it has then
     */
    public record Plan(List<Write> writes, long lines, long size, Tip tip) {}

    /** Where a log ends: its last chunk. */
    public record Tip(Chunk chunk) {}

    private final Logs logs;
    private final long run;
    private final long longest;
    private final Mask mask;

    /** @param longest how many characters of the log are kept */
    public LogWriter(Logs logs, long run, long longest, Mask mask) {
        this.logs = logs;
        this.run = run;
        this.longest = longest;
        this.mask = mask;
    }

    /** Where the log ends that has so many lines stored. */
    public Tip tip(long lines) {
        return new Tip(logs.last(run, lines));
    }

    /**
     * What to store for these lines after those that are there.
     *
     * @param size how many characters the log has
     */
    public Plan plan(Tip tip, List<String> told, long size) {
        Pen pen = new Pen(tip.chunk(), size);
        told.forEach(pen::write);
        return pen.plan();
    }

    /** Writes on in the open chunk, and in another one when that is full. */
    private final class Pen {

        private final List<Write> writes = new ArrayList<>();
        private Chunk open;
        private final List<String> lines;
        private int inChunk;
        private long size;

        Pen(Chunk open, long size) {
            this.open = open;
            this.lines = new ArrayList<>(open.lines());
            this.inChunk = open.size();
            this.size = size;
        }

        void write(String told) {
            if (size >= longest) {
                return;
            }
            add(Text.clean(Text.cut(mask.over(told), LONGEST_LINE)));
            if (size >= longest) {
                add("[The log is cut here: it is longer than " + longest / 1024 + " KiB.]");
            }
        }

        private void add(String line) {
            if (!lines.isEmpty() && inChunk >= FULL) {
                store();
                open = Chunk.empty(open.end());
                lines.clear();
                inChunk = 0;
            }
            lines.add(line);
            inChunk += line.length() + 1;
            size += line.length() + 1;
        }

        private void store() {
            if (lines.size() > open.lines().size()) {
                open = new Chunk(open.version(), open.first(), lines);
                writes.add(Logs.put(run, open));
                open = open.asVersion(open.version() + 1);
            }
        }

        Plan plan() {
            store();
            return new Plan(List.copyOf(writes), open.end(), size, new Tip(open));
        }
    }
}

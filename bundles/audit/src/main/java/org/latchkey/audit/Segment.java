package org.latchkey.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the log: consecutive lines.
 *
 * @param path named for the other two, so that the order of names is the order of lines
 * @param first number of the first line
 * @param day on which it was begun, in UTC
 */
record Segment(Path path, long first, LocalDate day) {

    private static final Pattern NAME = Pattern.compile("(\\d{15})-(\\d{4}-\\d\\d-\\d\\d)\\.jsonl");
    private static final int NEAR = 64 * 1024;

    static Segment in(Path folder, long first, LocalDate day) {
        return new Segment(folder.resolve("%015d-%s.jsonl".formatted(first, day)), first, day);
    }

    /** The file as a part of the log, if its name says that it is one. */
    static Optional<Segment> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches()
                ? Optional.of(new Segment(path, Long.parseLong(name.group(1)), LocalDate.parse(name.group(2))))
                : Optional.empty();
    }

    /** Reads from a line not far before the one with that number on. */
    LineReader readerBefore(long seq) throws IOException {
        long low = 0;
        long high = Files.size(path);
        while (high - low > NEAR) {
            long middle = (low + high) >>> 1;
            try (LineReader reader = new LineReader(path, middle)) {
                reader.next(); // the rest of a line
                long start = reader.position();
                boolean isBefore =
                        reader.next().filter(line -> line.seq() < seq).isPresent();
                if (isBefore && start < high) {
                    low = start;
                } else {
                    high = middle;
                }
            }
        }
        return new LineReader(path, low);
    }

    /**
     * The last line, and where it ends.
     *
     * @param seq its number
     * @param line what stands there
     * @param end length of the file up to its line feed
     */
    record End(long seq, Line line, long end) {}

    /** The end of what is complete, or nothing if not even one line is. */
    Optional<End> end() throws IOException {
        Optional<End> end = endFrom(readerBefore(Long.MAX_VALUE));
        return end.isEmpty() || end.get().seq() > 0 ? end : countedEnd();
    }

    private static Optional<End> endFrom(LineReader opened) throws IOException {
        try (LineReader reader = opened) {
            Optional<End> end = Optional.empty();
            for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                end = Optional.of(new End(line.get().seq(), line.get(), reader.position()));
            }
            return end;
        }
    }

    /** If the last line was destroyed, its number is told by how many there are. */
    private Optional<End> countedEnd() throws IOException {
        Optional<End> end = Optional.empty();
        long seq = first;
        try (LineReader reader = new LineReader(path, 0)) {
            for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                end = Optional.of(new End(seq++, line.get(), reader.position()));
            }
        }
        return end;
    }

    /** Cuts off what stands after {@code length}; says whether there was anything. */
    boolean cut(long length) throws IOException {
        // No FileChannel: an interrupt of the calling thread would close it.
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            boolean longer = file.length() > length;
            if (longer) {
                file.setLength(length);
            }
            return longer;
        }
    }
}

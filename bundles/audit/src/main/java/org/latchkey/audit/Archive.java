package org.latchkey.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.service.Audit;

/** Reads what was written. */
final class Archive {

    /** How many files, of 64 MiB at most, a search goes through. */
    private static final int SEARCHED = 4;

    private final Folder folder;

    Archive(Folder folder) {
        this.folder = folder;
    }

    /** The number of the oldest entry that is kept, or {@code otherwise}. */
    long first(long otherwise) throws IOException {
        List<Segment> segments = folder.segments();
        return segments.isEmpty() ? otherwise : segments.get(0).first();
    }

    /** The entries with these numbers, in order. */
    List<Audit.Entry> read(long from, long to) throws IOException {
        List<Audit.Entry> entries = new ArrayList<>();
        List<Segment> segments = folder.segments();
        for (int i = 0; i < segments.size(); i++) {
            boolean endsBefore = i + 1 < segments.size() && segments.get(i + 1).first() <= from;
            if (!endsBefore && segments.get(i).first() <= to) {
                read(segments.get(i), from, to, entries);
            }
        }
        return entries;
    }

    private static void read(Segment segment, long from, long to, List<Audit.Entry> entries) throws IOException {
        try (LineReader reader = segment.readerBefore(from)) {
            for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                long seq = line.get().seq();
                if (seq > to) {
                    return;
                }
                if (seq >= from) {
                    entries.add(line.get().entry());
                }
            }
        }
    }

    /** The entries of a request in the newest files. */
    List<Audit.Entry> search(String request) throws IOException {
        List<Audit.Entry> found = new ArrayList<>();
        byte[] wanted = ("\"request_id\":\"" + request + "\"").getBytes(StandardCharsets.UTF_8);
        List<Segment> segments = folder.segments();
        for (Segment segment : segments.subList(Math.max(0, segments.size() - SEARCHED), segments.size())) {
            try (LineReader reader = new LineReader(segment.path(), 0)) {
                for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                    if (contains(line.get().bytes(), wanted)) {
                        found.add(line.get().entry());
                    }
                }
            }
        }
        return found.stream()
                .filter(entry -> entry.event().requestId().equals(request))
                .toList();
    }

    private static boolean contains(byte[] line, byte[] wanted) {
        for (int i = 0; i + wanted.length <= line.length; i++) {
            if (line[i] == wanted[0] && Arrays.equals(line, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}

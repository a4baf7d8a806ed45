package org.latchkey.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.service.Audit;

/** Reads what was written. */
final class Archive {

    /** A search goes through the newest files until it has read so much: a second or two. */
    private static final long SEARCHED_BYTES = 256L * 1024 * 1024;

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
        for (Segment segment : newest()) {
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

    private List<Segment> newest() throws IOException {
        List<Segment> segments = folder.segments();
        int from = segments.size();
        for (long bytes = 0; from > 0 && bytes < SEARCHED_BYTES; from--) {
            bytes += Files.size(segments.get(from - 1).path());
        }
        return segments.subList(from, segments.size());
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

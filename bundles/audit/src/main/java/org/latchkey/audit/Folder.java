package org.latchkey.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the log, in a folder that only their owner may look into. */
final class Folder {

    private static final Logger log = LoggerFactory.getLogger(Folder.class);

    private final Path path;

    Folder(Path path) {
        this.path = path;
    }

    /** Makes it if it is not there, and closes it to others. */
    void open() throws IOException {
        Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }

    /** The files in the order of their lines. */
    List<Segment> segments() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(Segment::of)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(Segment::first))
                    .toList();
        }
    }

    /** A new, empty file for the lines from that number on. */
    Segment begin(long first, LocalDate day) throws IOException {
        open();
        Segment segment = Segment.in(path, first, day);
        Files.createFile(
                segment.path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return segment;
    }

    /** Deletes the files whose lines are all older than that day, but not the last file. */
    void forgetBefore(LocalDate day) throws IOException {
        List<Segment> segments = segments();
        for (int i = 0; i + 1 < segments.size() && segments.get(i).day().isBefore(day); i++) {
            Files.delete(segments.get(i).path());
            log.atInfo()
                    .addKeyValue("file", segments.get(i).path().getFileName())
                    .log("audit entries are past their time and were deleted");
        }
    }
}

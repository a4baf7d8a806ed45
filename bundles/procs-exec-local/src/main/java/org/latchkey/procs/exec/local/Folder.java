package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.latchkey.api.proc.Ending;

/**
 * What is kept of one run, for its owner's eyes only. A file is believed once its line is complete.
 *
 * @param path {@code work} is where it runs, {@code output} what it says, {@code exit} its exit code; {@code limit} until when it
 *     may run and of which start of the machine it is, {@code process} which one it is, {@code intent} why it is being ended,
 *     {@code told} that its end was told
 */
record Folder(Path path) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Makes the folder of a run, which must be new. */
    static Folder create(Path root, String id, Instant deadline) throws IOException {
        Folder folder = new Folder(root.resolve(id));
        secret(folder.path);
        secret(folder.work());
        Files.createFile(
                folder.output(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        folder.write("limit", deadline.toEpochMilli() + " " + boot());
        return folder;
    }

    static void secret(Path directory) throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT).strip();
    }

    String id() {
        return path.getFileName().toString();
    }

    Path work() {
        return path.resolve("work");
    }

    Path output() {
        return path.resolve("output");
    }

    Path exit() {
        return path.resolve("exit");
    }

    /** Until when it may run; not at all if that is not known. */
    Instant deadline() {
        return line("limit")
                .map(line -> Instant.ofEpochMilli(Long.parseLong(line.substring(0, line.indexOf(' ')))))
                .orElse(Instant.EPOCH);
    }

    /** Whether its processes can still be there: the machine was not started since. */
    boolean isOfThisBoot() throws IOException {
        String boot = boot();
        return line("limit").filter(line -> line.endsWith(" " + boot)).isPresent();
    }

    void process(Handle handle) throws IOException {
        write("process", handle.toString());
    }

    /** The run it is of; nothing if that was never begun for sure. */
    Optional<Handle> process() {
        return line("process").flatMap(Handle::of).filter(handle -> handle.id().equals(id()));
    }

    OptionalInt exitCode() {
        return line("exit").map(line -> OptionalInt.of(Integer.parseInt(line))).orElse(OptionalInt.empty());
    }

    /** Why it is being ended, if it is. */
    Optional<Ending> intent() {
        return line("intent").map(line -> {
            int end = line.indexOf(' ');
            return Ending.of(Ending.Kind.valueOf(line.substring(0, end)), line.substring(end + 1));
        });
    }

    /** Decides that it is to be ended; what was decided first stays. */
    void intend(Ending.Kind kind, String reason) throws IOException {
        try {
            write("intent", kind + " " + reason);
        } catch (FileAlreadyExistsException e) {
            // Somebody was quicker: that is the reason then.
        }
    }

    void told() throws IOException {
        Files.writeString(path.resolve("told"), "\n");
    }

    /** Since when its end is told, if it is. */
    Optional<Instant> toldAt() {
        return modified(path.resolve("told"));
    }

    Instant begunAt() {
        return modified(path.resolve("limit")).or(() -> modified(path)).orElse(Instant.EPOCH);
    }

    private static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> line(String file) {
        try {
            String text = Files.readString(path.resolve(file));
            return text.endsWith("\n") ? Optional.of(text.strip()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " of run " + id(), e);
        }
    }

    private void write(String file, String line) throws IOException {
        Files.write(
                path.resolve(file),
                (line + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
    }

    /** Removes where it ran, once nothing of it runs any more. */
    void clean() throws IOException {
        remove(work());
    }

    void remove() throws IOException {
        remove(path);
    }

    /** With all in it, whatever its program made of the permissions; links are removed, not followed. */
    private static void remove(Path top) throws IOException {
        Deque<Path> open = new ArrayDeque<>(List.of(top));
        List<Path> directories = new ArrayList<>();
        while (!open.isEmpty()) {
            Path each = open.pop();
            if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(each);
                continue;
            }
            directories.add(each);
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(each)) {
                inside.forEach(open::push);
            }
        }
        Collections.reverse(directories);
        for (Path each : directories) {
            Files.deleteIfExists(each);
        }
    }
}

package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** What is written here is shorter; programs can write here too, since they are of the same user. */
    private static final int LONGEST = 1000;

    private static final Pattern LIMIT = Pattern.compile("([0-9]{1,15}) ([0-9a-f-]{1,64})");
    private static final Pattern EXIT = Pattern.compile("[0-9]{1,3}");
    private static final Pattern INTENT = Pattern.compile("(STOPPED|TIMED_OUT|FAILED) (.+)");

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
        return line("limit", LIMIT)
                .map(limit -> Instant.ofEpochMilli(Long.parseLong(limit.group(1))))
                .orElse(Instant.EPOCH);
    }

    /** Whether its processes can still be there: the machine was not started since, as far as is known. */
    boolean isOfThisBoot() throws IOException {
        String boot = boot();
        return line("limit", LIMIT)
                .filter(limit -> !limit.group(2).equals(boot))
                .isEmpty();
    }

    void process(Handle handle) throws IOException {
        write("process", handle.toString());
    }

    /** The run it is of; nothing if that was never begun for sure. */
    Optional<Handle> process() {
        return line("process").flatMap(Handle::of).filter(handle -> handle.id().equals(id()));
    }

    OptionalInt exitCode() {
        return line("exit", EXIT)
                .map(exit -> OptionalInt.of(Integer.parseInt(exit.group())))
                .orElse(OptionalInt.empty());
    }

    /** Why it is being ended, if it is. */
    Optional<Ending> intent() {
        return line("intent", INTENT).map(intent -> Ending.of(Ending.Kind.valueOf(intent.group(1)), intent.group(2)));
    }

    /** Keeps that it is to be ended. */
    void intend(Ending ending) throws IOException {
        write("intent", ending.kind() + " " + ending.reason());
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

    /** What has not its form, is too long, or is no file at all, is as if it were not there. */
    private Optional<Matcher> line(String file, Pattern form) {
        return line(file).map(form::matcher).filter(Matcher::matches);
    }

    private Optional<String> line(String file) {
        Path each = path.resolve(file);
        if (!Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(each, LinkOption.NOFOLLOW_LINKS)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
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

    /** Where it ran first: as long as that stays, so does what tells whose it is. */
    void remove() throws IOException {
        remove(work());
        remove(path);
    }

    /** With all in it, whatever its program made of the permissions; links are removed, not followed. What cannot go stays alone. */
    private static void remove(Path top) throws IOException {
        Deque<Path> open = new ArrayDeque<>(List.of(top));
        List<Path> directories = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        while (!open.isEmpty()) {
            Path each = open.pop();
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                directories.add(each);
                attempt(failures, () -> open(each, open));
            } else {
                attempt(failures, () -> Files.deleteIfExists(each));
            }
        }
        Collections.reverse(directories);
        directories.forEach(each -> attempt(failures, () -> Files.deleteIfExists(each)));
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private static void open(Path directory, Deque<Path> into) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(directory)) {
            inside.forEach(into::push);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private interface Removal {
        void run() throws IOException;
    }

    private static void attempt(List<IOException> failures, Removal removal) {
        try {
            removal.run();
        } catch (IOException e) {
            failures.add(e);
        }
    }
}

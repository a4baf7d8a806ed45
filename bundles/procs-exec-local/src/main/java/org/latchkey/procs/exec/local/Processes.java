package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The processes of this machine as the kernel lists them (proc(5)), at one moment. */
final class Processes {

    private static final Path PROC = Path.of("/proc");

    /** Fields of {@code stat}, counted from the one after the name. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int STARTED = 19;

    /** One of them; what has ended and only waits for its parent to ask is none. */
    record Entry(long pid, long parent, long group, long session, long started) {}

    private final List<Entry> entries;

    private Processes(List<Entry> entries) {
        this.entries = entries;
    }

    static Processes now() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path each : folders) {
                find(Long.parseLong(each.getFileName().toString())).ifPresent(entries::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list processes", e);
        }
        return new Processes(entries);
    }

    /** The process of that number, if there is one now. */
    static Optional<Entry> find(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return "ZX".contains(fields[STATE])
                    ? Optional.empty()
                    : Optional.of(new Entry(
                            pid,
                            number(fields, PARENT),
                            number(fields, GROUP),
                            number(fields, SESSION),
                            number(fields, STARTED)));
        } catch (IOException e) {
            // It went meanwhile.
            return Optional.empty();
        }
    }

    private static long number(String[] fields, int which) {
        return Long.parseLong(fields[which]);
    }

    /** Whether the process that waits for the program of that run is still there, and not another of its number. */
    static boolean alive(Handle handle) {
        return find(handle.pid()).filter(each -> isLeader(each, handle)).isPresent();
    }

    /**
     * All that belongs to a run: what is in its session or process group, what has its working directory inside the given one
     * although it left the session, and what these began. Once its first process is gone, another may have got the number and
     * with it a session of the same number: then what is in that counts only if it has the environment of the run.
     */
    List<Entry> of(Handle handle, Path folder) {
        boolean led = entries.stream().anyMatch(each -> isLeader(each, handle));
        Set<Long> found = new HashSet<>();
        for (Entry each : entries) {
            boolean sameSession = each.session() == handle.pid() || each.group() == handle.pid();
            boolean later = each.started() >= handle.started();
            if (sameSession && (led || later && hasEnvironment(each.pid(), handle, folder))
                    || later && isInside(each.pid(), folder)) {
                found.add(each.pid());
            }
        }
        return withDescendants(found);
    }

    /** Whether this is the process that waits for the program of that run, and not another of its number. */
    static boolean isLeader(Entry entry, Handle handle) {
        return entry.pid() == handle.pid() && entry.started() == handle.started();
    }

    private static boolean hasEnvironment(long pid, Handle handle, Path folder) {
        try {
            String environment = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            List<String> variables = List.of(environment.split("\0"));
            return variables.contains("EXECUTION_ID=" + handle.id()) || variables.contains("HOME=" + folder);
        } catch (IOException e) {
            // It went meanwhile, or is somebody else's.
            return false;
        }
    }

    /** All that has its working directory inside that one, and what these began. */
    List<Entry> inside(Path folder) {
        return withDescendants(entries.stream()
                .map(Entry::pid)
                .filter(each -> isInside(each, folder))
                .collect(Collectors.toCollection(HashSet::new)));
    }

    /** Never this process itself. */
    private List<Entry> withDescendants(Set<Long> found) {
        while (entries.stream().anyMatch(each -> found.contains(each.parent()) && found.add(each.pid()))) {
            // until no descendant is missing
        }
        found.remove(ProcessHandle.current().pid());
        return entries.stream().filter(each -> found.contains(each.pid())).toList();
    }

    private static boolean isInside(long pid, Path folder) {
        try {
            return Files.readSymbolicLink(PROC.resolve(pid + "/cwd")).startsWith(folder);
        } catch (IOException e) {
            // It went meanwhile, or is somebody else's.
            return false;
        }
    }
}

package org.latchkey.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the process of a server consists of, as the machine and its JVM tell. */
public final class Vitals {

    private final Server server;

    public Vitals(Server server) {
        this.server = server;
    }

    /** How many threads it has. */
    public int threads() {
        try (var lines = Files.lines(Path.of("/proc/" + server.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("Threads:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(8).strip()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** How many live objects there are of a class; collects the garbage first. */
    public long instances(String className) {
        return jcmd("GC.class_histogram").stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 4 && words[3].equals(className))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
    }

    /** Bytes of all live objects; collects the garbage first. */
    public long liveBytes() {
        return jcmd("GC.class_histogram").stream()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[2]))
                .findFirst()
                .orElseThrow();
    }

    /** The names of its Java threads. */
    public List<String> threadNames() {
        return jcmd("Thread.print").stream()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
    }

    private List<String> jcmd(String... words) {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(server.pid()));
        command.command().addAll(List.of(words));
        Server.Answer answer = Server.run(command, "");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        return answer.out().lines().toList();
    }
}

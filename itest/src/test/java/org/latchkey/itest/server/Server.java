package org.latchkey.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * The real distribution as a process of its own, on directories of its own and a free port. As a rule it
 * starts before the test and stops after it; in between a test may stop, kill and start it as it likes.
 */
public final class Server extends ExternalResource {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("latchkey.distribution"));
    private static final long START_SECONDS = 60;

    private final TemporaryFolder folder = new TemporaryFolder();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> configurations = new HashMap<>();
    private final int port = Ports.free();
    private String javaHome = System.getProperty("java.home");
    private Process process;

    /** Sets an environment variable of the server. */
    public Server with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** Has it start with lines in the configuration of a PID. */
    public Server withEtc(String pid, String... lines) {
        configurations.put(pid, String.join("\n", lines) + "\n");
        return this;
    }

    /** Runs the server on another Java. */
    public Server onJava(Path home) {
        javaHome = home.toString();
        return this;
    }

    @Override
    protected void before() throws IOException {
        folder.create();
        for (String name : List.of("data", "deploy", "etc", "log")) {
            folder.newFolder(name);
        }
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("etc"))) {
            for (Path file : files.toList()) {
                Files.copy(file, etc().resolve(file.getFileName()));
            }
        }
        for (Map.Entry<String, String> each : configurations.entrySet()) {
            Files.writeString(etc().resolve(each.getKey() + ".config"), each.getValue());
        }
        start();
    }

    @Override
    protected void after() {
        try {
            stop();
            assertThat(logs().contains("notice.unlisted"))
                    .as("a notice was made that no catalogue lists")
                    .isFalse();
        } finally {
            process.destroyForcibly();
            folder.delete();
        }
    }

    /** Starts it and waits until it is ready. */
    public void start(String... options) {
        ProcessBuilder run = command("run");
        run.command().addAll(List.of(options));
        run.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(console()));
        try {
            process = run.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        await(START_SECONDS, () -> isReady() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("The server did not start:\n" + output() + logs());
        }
    }

    /** Stops it as an operator does. */
    public void stop() {
        if (process != null && process.isAlive()) {
            process.destroy();
            awaitEnd();
        }
    }

    /** Ends it as a power failure does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady() {
        try {
            return http().get("/healthz/ready").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** A command of {@code bin/latchkey}, with this server's settings. */
    public ProcessBuilder command(String... words) {
        List<String> command =
                new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/latchkey").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", javaHome,
                        "LATCHKEY_HTTP_PORT", String.valueOf(port),
                        "LATCHKEY_DATA", data().toString(),
                        "LATCHKEY_DEPLOY", deploy().toString(),
                        "LATCHKEY_ETC", etc().toString(),
                        "LATCHKEY_LOG", folder.getRoot().toPath().resolve("log").toString()));
        builder.environment().putAll(settings);
        return builder;
    }

    /** What a command answered. */
    public record Answer(int exitCode, String out, String err) {}

    /** Runs one command in the server's shell. */
    public Answer shell(String line) {
        return run(command("shell", line), "");
    }

    /** Runs one command in the server's shell, which asks for these lines. */
    public Answer shell(String line, String input) {
        return run(command("shell", line), input);
    }

    /** Runs a command to its end, with this as its standard input. */
    public static Answer run(ProcessBuilder builder, String input) {
        try {
            File out = File.createTempFile("out", ".txt");
            File err = File.createTempFile("err", ".txt");
            File in = File.createTempFile("input", ".txt");
            Files.writeString(in.toPath(), input);
            Process run = builder.redirectInput(in)
                    .redirectOutput(out)
                    .redirectError(err)
                    .start();
            boolean ended = run.waitFor(120, TimeUnit.SECONDS);
            if (!ended) {
                run.descendants().forEach(ProcessHandle::destroyForcibly);
                run.destroyForcibly();
            }
            assertThat(ended)
                    .as(
                            "the command ends; it said %s%s",
                            Files.readString(out.toPath()), Files.readString(err.toPath()))
                    .isTrue();
            Answer answer = new Answer(run.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
            assertThat(in.delete() & out.delete() & err.delete()).isTrue();
            return answer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public Http http() {
        return new Http("http://127.0.0.1:" + port);
    }

    /** REST as root. */
    public Http root() {
        return http().signedInAs("root", rootSecret());
    }

    public String rootSecret() {
        try {
            return Files.readString(data().resolve("root-secret")).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public int port() {
        return port;
    }

    public Path data() {
        return folder.getRoot().toPath().resolve("data");
    }

    public Path deploy() {
        return folder.getRoot().toPath().resolve("deploy");
    }

    public Path etc() {
        return folder.getRoot().toPath().resolve("etc");
    }

    private File console() {
        return folder.getRoot().toPath().resolve("console.log").toFile();
    }

    /** All that the server printed so far. */
    public String output() {
        try {
            return Files.readString(console().toPath());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** All that it wrote into its logs. */
    public String logs() {
        try (Stream<Path> files = Files.list(folder.getRoot().toPath().resolve("log"))) {
            String logs = "";
            for (Path file : files.toList()) {
                logs += Files.readString(file);
            }
            return logs;
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** A plugin that ships, by its symbolic name. */
    public static Path shipped(String symbolicName) {
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("plugins"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(symbolicName + "-"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(symbolicName + " does not ship"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Copies a jar into the deploy directory with one rename, under its own name. */
    public Path deploy(Path jar) {
        return deploy(jar, jar.getFileName().toString());
    }

    public Path deploy(Path jar, String name) {
        try {
            Path partial = Files.copy(jar, deploy().resolve("." + name + ".part"), StandardCopyOption.REPLACE_EXISTING);
            return Files.move(partial, deploy().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public void undeploy(Path deployed) {
        try {
            Files.delete(deployed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits, looking every few milliseconds, and says in milliseconds how long it took. */
    public static long await(long seconds, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
            if (condition.getAsBoolean()) {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
        throw new AssertionError("It did not happen within " + seconds + " s");
    }
}

package org.latchkey.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * The archive that ships, unpacked as an operator unpacks it: into a folder with a space in its name, called through
 * a symbolic link, from elsewhere. It listens on a free port of this machine.
 */
public final class Installation extends ExternalResource {

    private static final Path BUILD = Path.of(System.getProperty("latchkey.distribution"))
            .resolveSibling(".")
            .normalize();

    private final TemporaryFolder folder = new TemporaryFolder();
    private final List<Process> running = new ArrayList<>();
    private Path home;
    private Path elsewhere;

    @Override
    protected void before() throws IOException {
        folder.create();
        elsewhere = folder.newFolder("elsewhere").toPath();
        Path unpacked = folder.newFolder("a folder").toPath();
        Server.Answer tar =
                Server.run(new ProcessBuilder("tar", "xzf", archive().toString(), "-C", unpacked.toString()), "");
        assertThat(tar.exitCode()).as(tar.err()).isEqualTo(0);
        try (Stream<Path> content = Files.list(unpacked)) {
            linkTo(content.findFirst().orElseThrow());
        }
    }

    @Override
    protected void after() {
        if (Files.exists(data().resolve("latchkey.pid"))) {
            run("stop");
        }
        running.forEach(Process::destroyForcibly);
        folder.delete();
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(BUILD)) {
            return files.filter(file -> file.getFileName().toString().matches("latchkey-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no archive in " + BUILD));
        }
    }

    private void linkTo(Path newHome) throws IOException {
        home = newHome;
        Files.deleteIfExists(link());
        Files.createSymbolicLink(link(), home.resolve("bin/latchkey"));
    }

    private Path link() {
        return elsewhere.resolve("latchkey");
    }

    /** Moves all of it into a folder of that name. */
    public void move(String name) {
        try {
            linkTo(Files.move(home, folder.newFolder(name).toPath().resolve("lk")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Path home() {
        return home;
    }

    public Path data() {
        return home.resolve("data");
    }

    public Path log() {
        return home.resolve("log");
    }

    /** A command of this installation; to be given more settings, as pairs of name and value. */
    public ProcessBuilder command(String word, String... settings) {
        ProcessBuilder builder = new ProcessBuilder(link().toString(), word).directory(elsewhere.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "LATCHKEY_HTTP_PORT", "0",
                        "LATCHKEY_ARCHIVE", "false"));
        for (int i = 0; i < settings.length; i += 2) {
            builder.environment().put(settings[i], settings[i + 1]);
        }
        return builder;
    }

    /** Runs a command to its end. */
    public Server.Answer run(String word, String... settings) {
        return Server.run(command(word, settings), "");
    }

    /** Runs a command of several words to its end. */
    public Server.Answer runWords(String... words) {
        ProcessBuilder command = command(words[0]);
        command.command().addAll(List.of(words).subList(1, words.length));
        return Server.run(command, "");
    }

    /** Runs the server as a child of this process, and waits until it is ready. */
    public Process serve(String... settings) {
        Process server = start(settings);
        Server.await(60, () -> url().toFile().length() > 0 || !server.isAlive());
        assertThat(server.isAlive()).as(output()).isTrue();
        return server;
    }

    /** Runs the server as a child of this process. */
    public Process start(String... settings) {
        try {
            Process server = command("run", settings)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console()))
                    .start();
            running.add(server);
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The exit code of a server that was told to stop. */
    public static int exitCode(Process server) {
        try {
            assertThat(server.waitFor(40, TimeUnit.SECONDS))
                    .as("the server ends")
                    .isTrue();
            return server.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private Path url() {
        return data().resolve("latchkey.url");
    }

    private File console() {
        return elsewhere.resolve("console.log").toFile();
    }

    /** What {@link #serve} printed. */
    public String output() {
        return read(console().toPath());
    }

    /** A client of the server that runs now. */
    public Http http() {
        return new Http(read(url()).strip());
    }

    /** The file that a first start leaves for its operator. */
    public Path rootSecretFile() {
        return data().resolve("root-secret");
    }

    public String rootSecret() {
        return read(rootSecretFile()).strip();
    }

    /** REST as root, with the secret of that file. */
    public Http root() {
        return http().signedInAs("root", rootSecret());
    }

    /** All that is in its logs. */
    public String logs() {
        try (Stream<Path> files = Files.list(log())) {
            return files.filter(Files::isRegularFile).map(Installation::read).collect(Collectors.joining());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public void deploy(Path jar) {
        try {
            Files.copy(jar, home.resolve("deploy").resolve(jar.getFileName()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

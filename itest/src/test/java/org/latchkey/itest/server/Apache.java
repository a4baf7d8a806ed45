package org.latchkey.itest.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;

/**
 * Apache with a module that lets people in, as Debian has them in {@code apache2-bin} and in the module's package, as a
 * process of its own. What is below {@code /secret/} says welcome.
 */
public final class Apache extends ExternalResource {

    private static final Path PROGRAM = Path.of("/usr/sbin/apache2");
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    private final List<String> modules =
            new ArrayList<>(List.of("mpm_event", "authn_core", "authz_core", "authz_user", "headers"));

    private final int port = Ports.free();
    private Path folder;
    private Process process;

    /** @param module such as {@code auth_cas} */
    public Apache(String module) {
        modules.add(module);
    }

    /** What is missing of it on this machine, empty if nothing is. */
    public String missing() {
        return Stream.concat(Stream.of(PROGRAM), modules.stream().map(Apache::module))
                .filter(file -> !Files.exists(file))
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }

    private static Path module(String name) {
        return MODULES.resolve("mod_" + name + ".so");
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public int port() {
        return port;
    }

    /** Where the module may keep what it wants to; made when it is asked for. */
    public Path folder() throws IOException {
        if (folder == null) {
            folder = Files.createTempDirectory("apache");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path sessions = Files.createDirectory(folder.resolve("sessions"));
            Files.setPosixFilePermissions(sessions, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        return folder;
    }

    /** @param settings of the module */
    public void start(String settings) throws IOException {
        for (String page : List.of("index.txt", "secret/index.txt")) {
            Path file = folder().resolve("htdocs").resolve(page);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "welcome\n");
        }
        Path file = Files.writeString(folder().resolve("apache.conf"), common() + settings);
        process = new ProcessBuilder(PROGRAM.toString(), "-f", file.toString(), "-DFOREGROUND")
                .redirectErrorStream(true)
                .redirectOutput(folder().resolve("console.log").toFile())
                .start();
        Server.await(60, () -> listens() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("Apache did not start:\n" + log());
        }
    }

    private String common() {
        StringBuilder lines = new StringBuilder();
        modules.forEach(name -> lines.append("LoadModule %s_module %s%n".formatted(name, module(name))));
        return lines.append("""
                ServerRoot "%1$s"
                DefaultRuntimeDir "%1$s"
                PidFile "%1$s/apache.pid"
                ErrorLog "%1$s/error.log"
                DocumentRoot "%1$s/htdocs"
                ServerName localhost
                UseCanonicalName On
                Listen 127.0.0.1:%2$d
                StartServers 1
                User www-data
                Group www-data
                """.formatted(folder, port)).toString();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it printed and logged. */
    public String log() {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder log = new StringBuilder();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".log")).toList()) {
                log.append(Files.readString(file));
            }
            return log.toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    protected void after() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.latchkey.itest.cas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Server;

/**
 * Apache with {@code mod_auth_cas}, as Debian's packages {@code apache2-bin} and {@code libapache2-mod-auth-cas} have them,
 * as a process of its own. What is below {@code /secret/} is for those who have signed in; the answers tell who that is
 * in the headers {@code X-User} and {@code X-Name}. It listens twice, for the two protocols that the module speaks.
 */
public final class Apache extends ExternalResource {

    private static final Path PROGRAM = Path.of("/usr/sbin/apache2");
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
    private static final List<String> NEEDED =
            List.of("mpm_event", "authn_core", "authz_core", "authz_user", "headers", "auth_cas");

    private final int port = Ports.free();
    private final int samlPort = Ports.free();
    private Path folder;
    private Process process;

    /** What is missing of it on this machine, empty if nothing is. */
    public static String missing() {
        return Stream.concat(Stream.of(PROGRAM), NEEDED.stream().map(Apache::module))
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

    /** Where it validates by SAML 1.1. */
    public String samlUrl() {
        return "http://localhost:" + samlPort;
    }

    /**
     * @param login where people sign in
     * @param cas the server's endpoints for the validation of tickets, of https, with a slash at the end
     * @param certificate whom to trust there, in PEM
     */
    public void start(String login, String cas, Path certificate) throws IOException {
        folder = Files.createTempDirectory("apache");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path sessions = Files.createDirectory(folder.resolve("sessions"));
        Files.setPosixFilePermissions(sessions, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.write(folder.resolve("cas.pem"), Files.readAllBytes(certificate)); // a copy would be for its owner alone
        for (String page : List.of("index.txt", "secret/index.txt")) {
            Path file = folder.resolve("htdocs").resolve(page);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "welcome\n");
        }
        Path settings = Files.writeString(folder.resolve("apache.conf"), settings(login, cas));
        process = new ProcessBuilder(PROGRAM.toString(), "-f", settings.toString(), "-DFOREGROUND")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile())
                .start();
        Server.await(60, () -> listens() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("Apache did not start:\n" + log());
        }
    }

    private String settings(String login, String cas) {
        StringBuilder lines = new StringBuilder();
        NEEDED.forEach(name -> lines.append("LoadModule %s_module %s%n".formatted(name, module(name))));
        return lines.append("""
                ServerRoot "%1$s"
                DefaultRuntimeDir "%1$s"
                PidFile "%1$s/apache.pid"
                ErrorLog "%1$s/error.log"
                LogLevel warn auth_cas:debug
                DocumentRoot "%1$s/htdocs"
                ServerName localhost
                UseCanonicalName On
                Listen 127.0.0.1:%2$d
                Listen 127.0.0.1:%3$d
                StartServers 1
                User www-data
                Group www-data
                CASCookiePath %1$s/sessions/
                CASCertificatePath %1$s/cas.pem
                Header always set X-User "expr=%%{REMOTE_USER}"
                Header always set X-Name "expr=%%{req:CAS-display_name}"
                <Location /secret/>
                AuthType CAS
                CASAuthNHeader CAS-User
                Require valid-user
                </Location>
                <VirtualHost 127.0.0.1:%2$d>
                CASVersion 2
                CASLoginURL %4$s
                CASValidateURL %5$sp3/serviceValidate
                CASSSOEnabled On
                CASDebug On
                </VirtualHost>
                <VirtualHost 127.0.0.1:%3$d>
                CASLoginURL %4$s
                CASValidateURL %5$ssamlValidate
                CASValidateSAML On
                CASSSOEnabled On
                CASDebug On
                </VirtualHost>
                """.formatted(folder, port, samlPort, login, cas)).toString();
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

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Installation;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.TlsClient;

/** HTTPS: what it shows, how it takes up a new certificate, and what it does without a good one (row 77). */
public class TlsIT {

    private static final int REFUSED = 1;
    private static final String ASK = "GET /healthz/ready HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Rule
    public final Installation installation = new Installation();

    @Test
    public void httpsAloneServesWithTheSameHeadersLimitsAndErrors() throws IOException {
        certgen();
        Process server = installation.serve("LATCHKEY_HTTP_PORT", "off", "LATCHKEY_HTTPS_PORT", "0");
        String url = url("https");
        assertThat(installation.run("status").out()).contains("is ready at " + url);
        assertThat(listening(server.pid()))
                .as("no other port is open")
                .containsExactly(URI.create(url).getPort());
        TlsClient client = new TlsClient(url, certificate());
        HttpResponse<String> ready = client.get("/healthz/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(ready.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(client.get("/no/such/path").statusCode()).isEqualTo(404);
        try (TlsClient.Connection connection = client.open()) {
            assertThat(connection.session().getProtocol()).isEqualTo("TLSv1.3");
            String tooLarge = connection.ask("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
            assertThat(tooLarge)
                    .startsWith("HTTP/1.1 431")
                    .contains("application/problem+json", "Strict-Transport-Security", "X-Frame-Options: DENY")
                    .doesNotContainIgnoringCase("jetty");
        }
    }

    @Test
    public void theCertificateIsCheckedAndThePortSpeaksNoPlainHttp() {
        certgen();
        installation.serve("LATCHKEY_HTTPS_PORT", "0");
        String url = url("https");
        Path other = installation.home().resolve("other");
        assertThat(installation
                        .runWords("certgen", "127.0.0.1", "--out=" + other)
                        .exitCode())
                .isEqualTo(0);
        TlsClient distrustful = new TlsClient(url, other.resolve("tls.crt"));
        assertThatThrownBy(() -> distrustful.get("/healthz/ready")).isInstanceOf(UncheckedIOException.class);
        Http plain = new Http(url("http"));
        assertThat(plain.get("/healthz/ready").status()).as("beside it").isEqualTo(200);
        assertThatThrownBy(() -> new Http(url.replace("https:", "http:")).get("/healthz/ready"))
                .as("plain HTTP on the port of HTTPS")
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    public void aNewCertificateIsTakenUpLiveAndABrokenOneIsRefused() throws IOException {
        certgen();
        installation.serve("LATCHKEY_HTTPS_PORT", "0");
        BigInteger first = serial();
        try (TlsClient.Connection kept = client().open()) {
            assertThat(kept.ask(ASK)).startsWith("HTTP/1.1 200");
            certgen("--force");
            BigInteger second = serial();
            assertThat(second).isNotEqualTo(first);
            Server.await(30, () -> shows(second));
            assertThat(kept.ask(ASK)).as("an open connection goes on").startsWith("HTTP/1.1 200");
            assertThat(kept.serial()).isEqualTo(first);

            TlsClient client = client();
            Files.writeString(installation.home().resolve("etc/tls.key"), "no key\n");
            Server.await(30, () -> !fault().isEmpty());
            assertThat(fault()).contains("there is no private key in the key file");
            assertThat(installation.runWords("shell", "status").out()).containsPattern("https-certificate +ill");
            assertThat(installation.logs()).contains("A new certificate is refused, the old one goes on");
            assertThat(client.get("/healthz/ready").statusCode())
                    .as("and it is ready")
                    .isEqualTo(200);
            assertThat(shows(second)).isTrue();

            certgen("--force");
            BigInteger third = serial();
            Server.await(30, () -> shows(third));
            Server.await(30, () -> fault().isEmpty());
            assertThat(kept.ask(ASK)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    public void withoutAGoodCertificateItDoesNotStart() throws IOException {
        String[] https = {"LATCHKEY_HTTPS_PORT", "0"};
        Server.Answer missing = installation.run("run", https);
        assertThat(missing.exitCode()).isEqualTo(REFUSED);
        assertThat(missing.err()).contains("tls.crt", "LATCHKEY_TLS_CERTIFICATE", "bin/latchkey certgen");
        certgen();
        Path key = installation.home().resolve("etc/tls.key");
        Path second = installation.home().resolve("second");
        assertThat(installation
                        .runWords("certgen", "localhost", "--out", second.toString())
                        .exitCode())
                .isEqualTo(0);
        Files.copy(second.resolve("tls.key"), key, StandardCopyOption.REPLACE_EXISTING);
        for (String command : new String[] {"run", "start"}) {
            Server.Answer broken = installation.run(command, https);
            assertThat(broken.exitCode()).isEqualTo(REFUSED);
            assertThat(broken.err()).contains("HTTPS: the key is not that of the certificate");
        }
        assertThat(installation.data().resolve("latchkey.pid")).doesNotExist();
    }

    @Test
    public void aPortOfHttpsInUseIsAClearFailure() throws IOException {
        certgen();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            Server.Answer refused = installation.run("run", "LATCHKEY_HTTPS_PORT", port);
            assertThat(refused.exitCode()).isEqualTo(REFUSED);
            assertThat(refused.err()).contains("cannot listen on port " + port);
        }
    }

    private void certgen(String... options) {
        String[] words = Stream.concat(Stream.of("certgen", "localhost", "127.0.0.1"), Stream.of(options))
                .toArray(String[]::new);
        Server.Answer made = installation.runWords(words);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(0);
    }

    private Path certificate() {
        return installation.home().resolve("etc/tls.crt");
    }

    private BigInteger serial() {
        return TlsClient.read(certificate()).getSerialNumber();
    }

    private TlsClient client() {
        return new TlsClient(url("https"), certificate());
    }

    /** Whether a new connection gets that certificate; the client trusts the one in the file. */
    private boolean shows(BigInteger serial) {
        try (TlsClient.Connection fresh = client().open()) {
            return fresh.serial().equals(serial);
        } catch (UncheckedIOException notTrusted) {
            return false;
        }
    }

    /** What the status says of the certificate. */
    private String fault() {
        Http root = new Http(url("http")).signedInAs("root", installation.rootSecret());
        for (var part : root.get("/api/v1/system/status").json().path("subsystems")) {
            if (part.path("name").asText().equals("https-certificate")) {
                return part.path("fault").asText();
            }
        }
        throw new AssertionError("The status does not tell of the certificate.");
    }

    /** Where the server said that it listens. */
    private String url(String scheme) {
        Matcher found =
                Pattern.compile("[ ](" + scheme + "://127\\.0\\.0\\.1:[0-9]+)").matcher(installation.output());
        assertThat(found.find()).as(installation.output()).isTrue();
        return found.group(1);
    }

    /** The TCP ports that a process listens on, as Linux knows them. */
    private static Set<Integer> listening(long process) throws IOException {
        Path proc = Path.of("/proc", Long.toString(process));
        Set<String> sockets;
        try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
            sockets = files.map(TlsIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.replaceAll("\\D", ""))
                    .collect(Collectors.toSet());
        }
        Set<Integer> ports = new TreeSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(proc.resolve(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals("0A") && sockets.contains(columns[9])) {
                    ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}

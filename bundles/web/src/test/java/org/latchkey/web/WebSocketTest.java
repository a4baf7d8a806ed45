package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Link;
import org.latchkey.web.TestServer.Reply;

/** WebSockets (RFC 6455), with a client of the JDK and with one that sends just the bytes it is told. */
public class WebSocketTest {

    private static final String HANDSHAKE =
            "GET /p HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final FakeFeed feed = new FakeFeed();
    private TestServer server;
    private Link<Endpoint> link;

    @Before
    public void start() throws Exception {
        server = new TestServer("http://localhost:8080");
        link = server.points.endpoints.plugin("p", "p", request -> Response.webSocket(feed));
    }

    @After
    public void stop() throws Exception {
        server.close();
    }

    /** What a client hears: messages, and at the end the status and the reason. */
    private static final class Heard implements WebSocket.Listener {

        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<String> end = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            end.complete(status + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end.completeExceptionally(error);
        }

        String next() throws InterruptedException {
            return messages.poll(20, TimeUnit.SECONDS);
        }

        String end() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }
    }

    private WebSocket connect(Heard heard) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/p"), heard)
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    public void eachPieceIsOneMessageAndTheEndIsTheCloseReason() throws Exception {
        Heard heard = new Heard();
        connect(heard);
        feed.tell("one", "", "\u00e4\u20ac\ud83d\ude00").wake();
        assertThat(heard.next()).isEqualTo("one");
        assertThat(heard.next()).isEmpty();
        assertThat(heard.next()).isEqualTo("\u00e4\u20ac\ud83d\ude00");
        String longest = "\u20ac".repeat(64 * 1024);
        feed.tell(longest).wake();
        assertThat(heard.next()).isEqualTo(longest);
        feed.end("all is told").wake();
        assertThat(heard.end()).isEqualTo("1000 all is told");
        assertThat(feed.isClosedSoon()).isTrue();
        assertThat(feed.closed).hasValue(1);
    }

    @Test
    public void aReasonThatIsTooLongIsCutBetweenCharacters() throws Exception {
        Heard heard = new Heard();
        connect(heard);
        feed.end("\ud83d\ude00".repeat(100)).wake();
        assertThat(heard.end()).isEqualTo("1000 " + "\ud83d\ude00".repeat(30));
    }

    @Test
    public void theClientsCloseClosesTheFeed() throws Exception {
        Heard heard = new Heard();
        WebSocket client = connect(heard);
        client.sendText("nobody reads this", true).get(20, TimeUnit.SECONDS);
        client.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(20, TimeUnit.SECONDS);
        assertThat(heard.end()).startsWith("1000");
        assertThat(feed.isClosedSoon()).isTrue();
        assertThat(feed.closed).hasValue(1);
    }

    @Test
    public void aClientThatIsGoneClosesTheFeed() throws Exception {
        WebSocket client = connect(new Heard());
        client.abort();
        assertThat(feed.isClosedSoon()).isTrue();
    }

    @Test
    public void aPluginThatIsReplacedIsAServiceRestart() throws Exception {
        Heard heard = new Heard();
        connect(heard);
        server.points.endpoints.remove(link);
        assertThat(heard.end()).startsWith("1012");
        assertThat(feed.isClosedSoon()).isTrue();
    }

    @Test
    public void theServerThatStopsGoesAway() throws Exception {
        Heard heard = new Heard();
        connect(heard);
        server.feeds.stop();
        assertThat(heard.end()).startsWith("1001");
        assertThat(feed.closed).hasValue(1);
    }

    @Test
    public void whoDoesNotAskForAWebSocketIsToldTo() throws Exception {
        Reply reply = server.send("GET", "/p");
        assertThat(reply.status()).isEqualTo(426);
        assertThat(reply.header("Upgrade")).isEqualTo("websocket");
        assertThat(reply.header("Connection")).contains("Upgrade");
        assertThat(head(HANDSHAKE.replace(": 13", ": 8"))).contains(" 426 ", "Sec-WebSocket-Version: 13");
        assertThat(head(HANDSHAKE.replace("dGhl", "d"))).contains(" 400 ");
        assertThat(feed.isClosedSoon(3)).isTrue();
    }

    @Test
    public void aPageOfAnotherSiteIsRefusedUnlessItHasACredentialOfItsOwn() throws Exception {
        for (String origin :
                new String[] {"http://evil.example", "null", "http://localhost", "https://localhost:8080"}) {
            for (String more : new String[] {"", "Cookie: a=b\r\n", "Authorization: Basic eDp5\r\n"}) {
                assertThat(head(HANDSHAKE + "Origin: " + origin + "\r\n" + more))
                        .as(origin + more)
                        .contains(" 403 ");
            }
        }
        assertThat(feed.isClosedSoon(12)).isTrue();
        for (String own : new String[] {
            "Origin: http://LOCALHOST:8080\r\n",
            "Origin: http://evil.example\r\nAuthorization: Bearer x\r\n",
            "Origin: http://evil.example\r\nAccess-Token: x\r\n",
            ""
        }) {
            try (Raw raw = new Raw(HANDSHAKE + own)) {
                assertThat(raw.head).as(own).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
                assertThat(raw.head).doesNotContain("\r\nContent-Type").contains("X-Request-Id");
            }
        }
    }

    private String head(String request) throws IOException {
        try (Raw raw = new Raw(request)) {
            return raw.head;
        }
    }

    /** A client that knows nothing of the protocol. */
    private final class Raw implements AutoCloseable {

        final String head;
        private final Socket socket;
        private final DataInputStream in;

        Raw(String request) throws IOException {
            socket = new Socket("127.0.0.1", server.port());
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            in = new DataInputStream(socket.getInputStream());
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) in.readUnsignedByte());
            }
            head = text.toString();
        }

        void send(int first, byte[] payload, boolean isMasked) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(first);
            int mask = isMasked ? 0x80 : 0;
            if (payload.length < 126) {
                frame.write(mask | payload.length);
            } else {
                frame.write(mask | 126);
                frame.write(payload.length >> 8);
                frame.write(payload.length);
            }
            if (isMasked) {
                frame.write(new byte[4]);
            }
            frame.write(payload);
            socket.getOutputStream().write(frame.toByteArray());
        }

        /** The next frame that is none of these, its payload as text; a close frame with its status. */
        String next(int... ignored) throws IOException {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte();
                assertThat(length).as("short and not masked").isLessThan(126);
                byte[] payload = in.readNBytes(length);
                boolean isIgnored = false;
                for (int each : ignored) {
                    isIgnored |= each == opcode;
                }
                if (!isIgnored) {
                    return opcode == CLOSE
                            ? "close " + ByteBuffer.wrap(payload).getShort()
                            : opcode + " " + new String(payload, StandardCharsets.UTF_8);
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void breaks(int first, byte[] payload, boolean isMasked, int status) throws Exception {
        FakeFeed one = new FakeFeed();
        server.points.endpoints.plugin("q", "q", request -> Response.webSocket(one));
        try (Raw raw = new Raw(HANDSHAKE.replace("/p", "/q"))) {
            raw.send(first, payload, isMasked);
            assertThat(raw.next(PING)).isEqualTo("close " + status);
            assertThat(one.isClosedSoon()).isTrue();
            assertThat(one.closed).hasValue(1);
        }
        server.points.endpoints.links().stream()
                .filter(each -> each.info().bundle().equals("q"))
                .forEach(server.points.endpoints::remove);
    }

    @Test
    public void whatBreaksTheProtocolEndsTheConnection() throws Exception {
        breaks(0x80 | TEXT, "not masked".getBytes(StandardCharsets.UTF_8), false, 1002);
        breaks(PING, new byte[0], true, 1002); // a control frame that is a fragment
        breaks(0x80 | PING, new byte[126], true, 1002); // and one that is too long
        breaks(0x83, new byte[0], true, 1002); // an opcode that there is not
        breaks(0xc0 | TEXT, new byte[1], true, 1002); // a bit of an extension that was not agreed on
        breaks(0x80 | TEXT, new byte[20_000], true, 1009);
    }

    @Test
    public void aMessageInManyFragmentsIsBoundedToo() throws Exception {
        try (Raw raw = new Raw(HANDSHAKE)) {
            raw.send(TEXT, new byte[8000], true);
            raw.send(0, new byte[8000], true);
            raw.send(0x80 | PING, "still there".getBytes(StandardCharsets.UTF_8), true);
            assertThat(raw.next(PING)).isEqualTo(PONG + " still there");
            raw.send(0, new byte[8000], true);
            assertThat(raw.next(PING)).isEqualTo("close 1009");
            assertThat(feed.isClosedSoon()).isTrue();
        }
    }

    /** The server asks for a sign of life every two heartbeats, here of a second. */
    @Test
    public void aClientThatAnswersNoPingIsGone() throws Exception {
        try (Raw raw = new Raw(HANDSHAKE)) {
            assertThat(raw.next()).isEqualTo(PING + " ");
            raw.send(0x80 | PONG, new byte[0], true);
            assertThat(raw.next()).isEqualTo(PING + " ");
            assertThat(feed.closed).hasValue(0);
            assertThat(feed.isClosedSoon()).isTrue();
        }
    }
}

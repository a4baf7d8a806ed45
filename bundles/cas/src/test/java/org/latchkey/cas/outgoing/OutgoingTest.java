package org.latchkey.cas.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.junit.Test;

public class OutgoingTest {

    private static int statusOf(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Outgoing outgoing =
                        new Outgoing("test-outgoing", (SSLSocketFactory) SSLSocketFactory.getDefault(), 1, 1)) {
            Thread thread = new Thread(() -> answer(server, answer));
            thread.start();
            Message message = Message.get(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
            return outgoing.status(message, server.getInetAddress(), Deadline.in(Duration.ofMinutes(1)));
        }
    }

    private static void answer(ServerSocket server, String answer) {
        try (Socket connection = server.accept()) {
            for (int line = 0; line < 2; line++) {
                for (int next = connection.getInputStream().read(); next != '\n'; ) {
                    next = connection.getInputStream().read();
                }
            }
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
        } catch (IOException cut) {
            assertThat(cut).isNotNull();
        }
    }

    @Test
    public void theStatusIsInTheFirstLine() throws Exception {
        assertThat(statusOf("HTTP/1.1 200 OK\r\n\r\n")).isEqualTo(200);
        assertThat(statusOf("HTTP/1.0 404 Not Found\r\n")).isEqualTo(404);
        assertThat(statusOf("HTTP/1.1 204\r\n")).isEqualTo(204);
        assertThat(statusOf("HTTP/1.1 503 \n")).isEqualTo(503);
    }

    @Test
    public void whatIsNotHttpIsNoAnswer() {
        for (String answer :
                new String[] {"", "SSH-2.0-x\r\n", "HTTP/2 200\r\n", "HTTP/1.1 2000\r\n", "200", "x".repeat(99_999)}) {
            assertThatThrownBy(() -> statusOf(answer)).isInstanceOf(IOException.class);
        }
    }
}

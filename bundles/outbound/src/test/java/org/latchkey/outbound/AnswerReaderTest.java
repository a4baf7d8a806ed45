package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.Test;
import org.latchkey.api.service.Outbound.Answer;

public class AnswerReaderTest {

    private static Answer read(String answer, int mostBytes) throws IOException {
        return new AnswerReader(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)), mostBytes).read();
    }

    private static String body(String answer) throws IOException {
        return read(answer, 100).text();
    }

    private static void refused(String answer, String reason) {
        assertThatThrownBy(() -> read(answer, 100))
                .as(answer.substring(0, Math.min(80, answer.length())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    public void theStatusIsInTheFirstLine() throws Exception {
        assertThat(read("HTTP/1.1 200 OK\r\n", 0).status()).isEqualTo(200);
        assertThat(read("HTTP/1.0 404 Not Found\r\n", 0).status()).isEqualTo(404);
        assertThat(read("HTTP/1.1 204\r\n", 0).status()).isEqualTo(204);
        assertThat(read("HTTP/1.1 503 \n", 0).status()).isEqualTo(503);
    }

    @Test
    public void whatIsNotHttpIsNoAnswer() {
        for (String answer :
                new String[] {"", "SSH-2.0-x\r\n", "HTTP/2 200\r\n", "HTTP/1.1 2000\r\n", "200", "x".repeat(99_999)}) {
            assertThatThrownBy(() -> read(answer, 0)).isInstanceOf(IOException.class);
        }
    }

    @Test
    public void theBodyEndsWhereItsLengthSays() throws Exception {
        assertThat(body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd")).isEqualTo("abc");
        assertThat(body("HTTP/1.1 200 OK\r\ncontent-length:3\r\n\r\nabc")).isEqualTo("abc");
        assertThat(body("HTTP/1.1 200 OK\n\nto the end")).isEqualTo("to the end");
        assertThat(body("HTTP/1.1 204 No Content\r\n\r\n")).isEmpty();
        assertThat(body("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"))
                .isEqualTo("a");
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}", 100)
                        .contentType())
                .isEqualTo("application/json");
    }

    @Test
    public void chunksAreJoined() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(body(head + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n"))
                .isEqualTo("abcde");
        assertThat(body(head + "0\r\n\r\n")).isEmpty();
        refused(head + "3\r\nabc\r\n", "ended early");
        refused(head + "3\r\nab", "ended early");
        refused(head + "3\r\nabcX\r\n0\r\n\r\n", "not in chunks");
        refused(head + "-1\r\n", "not in chunks");
        refused(head + "fffffffff\r\n", "not in chunks");
        refused(head + "65\r\n", "more than 100");
        refused(head + "40\r\n" + "x".repeat(64) + "\r\n40\r\n", "more than 100");
    }

    @Test
    public void noMoreIsReadThanIsWanted() {
        refused("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n", "more than 100");
        refused("HTTP/1.1 200 OK\r\nContent-Length: 999999999999999\r\n\r\n", "more than 100");
        refused("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(101), "more than 100");
        refused("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(5000) + "\r\n", "too long a head");
        refused("HTTP/1.1 200 OK\r\nX: " + "y".repeat(20_000), "too long a head");
        refused("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(5000), "");
    }

    @Test
    public void whatIsAmbiguousIsNoAnswer() {
        refused("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "twice");
        refused("HTTP/1.1 200 OK\r\nContent-Length: 0x3\r\n\r\nabcd", "no number");
        refused("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "ended early");
        refused("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "unknown way");
        refused("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "encoded");
        refused("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "without a name");
        refused("HTTP/1.1 200 OK\r\nContent-Type: x\r\n", "ended early");
    }
}

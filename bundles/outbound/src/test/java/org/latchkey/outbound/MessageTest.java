package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.service.Outbound.Content;

public class MessageTest {

    private static Message get(URI target) {
        return new Message(target, Map.of(), Optional.empty());
    }

    private static String text(Message message) {
        return new String(message.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    public void aGetHasPathAndQueryButNoFragment() {
        assertThat(text(get(URI.create("https://a.example:8443/p%20q?x=%26#f"))))
                .startsWith("GET /p%20q?x=%26 HTTP/1.1\r\nHost: a.example:8443\r\n")
                .endsWith("\r\n\r\n");
        assertThat(text(get(URI.create("https://a.example")))).startsWith("GET / HTTP/1.1\r\nHost: a.example\r\n");
    }

    @Test
    public void aFormSaysHowLongItIs() {
        assertThat(text(new Message(URI.create("http://a.example/"), Map.of(), Optional.of(Content.form("a=b")))))
                .startsWith("POST / HTTP/1.1\r\n")
                .endsWith("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b");
    }

    @Test
    public void otherLettersAreEncoded() {
        assertThat(text(get(URI.create("https://a.example/\u00e4?\u6f22"))))
                .startsWith("GET /%C3%A4?%E6%BC%A2 HTTP/1.1\r\n");
    }

    @Test
    public void thePortIsThatOfTheSchemeAndAnIpv6HostHasNoBrackets() {
        Message message = get(URI.create("https://[2001:db8::1]/"));
        assertThat(message.port()).isEqualTo(443);
        assertThat(message.host()).isEqualTo("2001:db8::1");
        assertThat(get(URI.create("http://a.example/")).port()).isEqualTo(80);
    }

    @Test
    public void headersAreAddedButNotThoseOfTheConnection() {
        Map<String, String> headers =
                Map.of("Accept", "application/json", "HOST", "evil", "Content-length", "0", "X-Signature", "s");
        assertThat(text(new Message(URI.create("https://a.example/"), headers, Optional.empty())))
                .contains("\r\nAccept: application/json\r\n", "\r\nX-Signature: s\r\n")
                .doesNotContain("evil", "*/*")
                .doesNotContainIgnoringCase("content-length");
    }
}

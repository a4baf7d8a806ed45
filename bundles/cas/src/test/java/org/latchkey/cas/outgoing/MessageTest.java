package org.latchkey.cas.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class MessageTest {

    private static String text(Message message) {
        return new String(message.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    public void aGetHasPathAndQueryButNoFragment() {
        assertThat(text(Message.get(URI.create("https://a.example:8443/p%20q?x=%26#f"))))
                .startsWith("GET /p%20q?x=%26 HTTP/1.1\r\nHost: a.example:8443\r\n")
                .endsWith("\r\n\r\n");
        assertThat(text(Message.get(URI.create("https://a.example"))))
                .startsWith("GET / HTTP/1.1\r\nHost: a.example\r\n");
    }

    @Test
    public void aFormSaysHowLongItIs() {
        assertThat(text(Message.form(URI.create("http://a.example/"), "a=b")))
                .startsWith("POST / HTTP/1.1\r\n")
                .endsWith("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b");
    }

    @Test
    public void otherLettersAreEncoded() {
        assertThat(text(Message.get(URI.create("https://a.example/\u00e4?\u6f22"))))
                .startsWith("GET /%C3%A4?%E6%BC%A2 HTTP/1.1\r\n");
    }

    @Test
    public void thePortIsThatOfTheSchemeAndAnIpv6HostHasNoBrackets() {
        Message message = Message.get(URI.create("https://[2001:db8::1]/"));
        assertThat(message.port()).isEqualTo(443);
        assertThat(message.host()).isEqualTo("2001:db8::1");
        assertThat(Message.get(URI.create("http://a.example/")).port()).isEqualTo(80);
    }
}

package org.latchkey.cas.outgoing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One HTTP request (RFC 9112) on a connection of its own.
 *
 * @param target an http or https URL with a host, without fragment or user; as a URI it has no blank and no control
 *     character
 * @param form the body of a POST ({@code application/x-www-form-urlencoded}); without one it is a GET
 */
public record Message(URI target, Optional<String> form) {

    public Message {
        target = URI.create(target.toASCIIString());
    }

    public static Message get(URI target) {
        return new Message(target, Optional.empty());
    }

    public static Message form(URI target, String form) {
        return new Message(target, Optional.of(form));
    }

    boolean isSecure() {
        return "https".equalsIgnoreCase(target.getScheme());
    }

    /** The host, without the brackets of an IPv6 address. */
    String host() {
        String host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        int usual = isSecure() ? 443 : 80;
        return target.getPort() < 0 ? usual : target.getPort();
    }

    byte[] bytes() {
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        String port = target.getPort() < 0 ? "" : ":" + target.getPort();
        StringBuilder head = new StringBuilder()
                .append(form.isPresent() ? "POST " : "GET ")
                .append(path)
                .append(query)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.getHost())
                .append(port)
                .append("\r\nUser-Agent: Latchkey\r\nAccept: */*\r\nConnection: close\r\n");
        String body = form.orElse("");
        if (form.isPresent()) {
            head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return head.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }
}

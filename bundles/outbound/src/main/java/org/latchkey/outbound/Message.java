package org.latchkey.outbound;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.latchkey.api.service.Outbound.Content;

/**
 * One HTTP request (RFC 9112) on a connection of its own.
 *
 * @param target an http or https URL with a host, without user; as a URI it has no blank and no control character
 * @param content without it, it is a GET
 */
record Message(URI target, Map<String, String> headers, Optional<Content> content) {

    /** Those are written here, and nobody else writes them. */
    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "content-type", "transfer-encoding", "accept-encoding");

    Message {
        target = URI.create(target.toASCIIString());
    }

    /** The host, without the brackets of an IPv6 address. */
    String host() {
        String host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return Guard.port(target);
    }

    byte[] bytes() {
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        String port = target.getPort() < 0 ? "" : ":" + target.getPort();
        StringBuilder text = new StringBuilder(content.isPresent() ? "POST " : "GET ")
                .append(path)
                .append(query)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.getHost())
                .append(port)
                .append("\r\nConnection: close\r\nAccept-Encoding: identity\r\n");
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(Map.of("User-Agent", "Latchkey", "Accept", "*/*"));
        all.putAll(headers);
        all.forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        content.ifPresent(body -> text.append("Content-Type: ")
                .append(body.type())
                .append("\r\nContent-Length: ")
                .append(body.text().getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n"));
        text.append("\r\n").append(content.map(Content::text).orElse(""));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

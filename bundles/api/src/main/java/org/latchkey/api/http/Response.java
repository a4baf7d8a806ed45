package org.latchkey.api.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer. Security headers are added to every one and cannot be taken off.
 *
 * @param status such as 200
 * @param headers by name
 * @param body may be empty; must not be changed once given
 */
public record Response(int status, Map<String, String> headers, byte[] body) {

    public Response {
        headers = Map.copyOf(headers);
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0]);
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, Map.of("Content-Type", contentType), body);
    }

    public static Response text(int status, String body) {
        return of(status, "text/plain;charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public Response withHeader(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new Response(status, changed, body);
    }
}

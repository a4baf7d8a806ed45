package org.latchkey.procs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.latchkey.api.http.Request;

/** A request. */
public record Asked(String method, String target, Map<String, String> headers, String content) implements Request {

    public static Asked of(String method, String target) {
        return new Asked(method, target, Map.of(), "");
    }

    /** With another header; that of the address is {@code @}. */
    public Asked header(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Asked(method, target, more, content);
    }

    public Asked by(String token) {
        return header("Authorization", "Bearer " + token);
    }

    public Asked body(String text) {
        return new Asked(method, target, headers, text.replace('\'', '"'));
    }

    @Override
    public String id() {
        return "r-1";
    }

    @Override
    public String path() {
        return target.split("\\?", 2)[0];
    }

    @Override
    public List<String> query(String name) {
        String[] parts = target.split("\\?", 2);
        return parts.length == 1
                ? List.of()
                : Stream.of(parts[1].split("&"))
                        .map(each -> each.split("=", 2))
                        .filter(each -> each[0].equals(name))
                        .map(each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8))
                        .toList();
    }

    @Override
    public Optional<String> header(String name) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return Optional.ofNullable(anyCase.get(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.empty();
    }

    @Override
    public Map<String, List<String>> form(long limit) {
        return Map.of();
    }

    @Override
    public InputStream body(long limit) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String nonce() {
        return "nonce1";
    }

    @Override
    public String address() {
        return headers.getOrDefault("@", "127.0.0.1");
    }
}

package org.latchkey.oauth.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.api.http.Request;

/** A request made up by a test. */
public record Asked(
        String method, String path, Map<String, List<String>> parameters, Map<String, String> headers, String content)
        implements Request {

    public Asked {
        Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(headers);
        headers = folded;
    }

    public static Asked of(String method, String path) {
        return new Asked(method, path, Map.of(), Map.of(), "");
    }

    public Asked withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Asked(method, path, parameters, more, content);
    }

    public Asked withQuery(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(parameters);
        more.put(name, List.of(value));
        return new Asked(method, path, more, headers, content);
    }

    public Asked withBearer(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    public Asked withJson(String body) {
        return new Asked(method, path, parameters, headers, body).withHeader("Content-Type", "application/json");
    }

    @Override
    public String id() {
        return "r-1";
    }

    @Override
    public List<String> query(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
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
        return "192.0.2.1";
    }
}

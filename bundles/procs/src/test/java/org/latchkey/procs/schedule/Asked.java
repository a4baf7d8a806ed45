package org.latchkey.procs.schedule;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Request;

/** A request with a body of JSON, and of no other headers than its type. */
record Asked(String method, String path, Map<String, List<String>> parameters, String content) implements Request {

    @Override
    public String id() {
        return "request1";
    }

    @Override
    public List<String> query(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    @Override
    public Optional<String> header(String name) {
        return name.equals("Content-Type") ? Optional.of("application/json") : Optional.empty();
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
        return "";
    }

    @Override
    public String address() {
        return "192.0.2.1";
    }
}

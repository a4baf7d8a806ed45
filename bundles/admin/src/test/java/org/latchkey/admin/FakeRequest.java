package org.latchkey.admin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;

/** A request as the front servlet would hand it over. */
record FakeRequest(
        String method, String path, Map<String, List<String>> parameters, Map<String, String> headers, byte[] content)
        implements Request {

    FakeRequest {
        Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(headers);
        headers = folded;
    }

    static FakeRequest of(String method, String path) {
        return new FakeRequest(method, path, Map.of(), Map.of(), new byte[0]);
    }

    FakeRequest withHeader(String name, String value) {
        Map<String, String> changed = new TreeMap<>(headers);
        changed.put(name, value);
        return new FakeRequest(method, path, parameters, changed, content);
    }

    FakeRequest withQuery(Map<String, List<String>> changed) {
        return new FakeRequest(method, path, changed, headers, content);
    }

    FakeRequest withBody(String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new FakeRequest(method, path, parameters, headers, bytes).withHeader("Content-Type", type);
    }

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
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.empty();
    }

    @Override
    public Map<String, List<String>> form(long limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream body(long limit) {
        if (content.length > limit) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "too-large", "The body is larger than allowed.");
        }
        return new ByteArrayInputStream(content);
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

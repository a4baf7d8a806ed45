package org.latchkey.auth;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Request;

/** A request with nothing in it. */
final class AnyRequest implements Request {

    @Override
    public String id() {
        return "r1";
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public List<String> query(String name) {
        return List.of();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
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
        return InputStream.nullInputStream();
    }

    @Override
    public String nonce() {
        return "n1";
    }

    @Override
    public String address() {
        return "192.0.2.1";
    }
}

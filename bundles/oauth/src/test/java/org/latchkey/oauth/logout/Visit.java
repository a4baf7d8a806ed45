package org.latchkey.oauth.logout;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Request;

/** A visit of a browser, made up by a test: the parameters are its query, and its form. */
record Visit(String method, Map<String, List<String>> parameters) implements Request {

    static Visit get(String... namesAndValues) {
        return new Visit("GET", map(namesAndValues));
    }

    static Visit post(String... namesAndValues) {
        return new Visit("POST", map(namesAndValues));
    }

    private static Map<String, List<String>> map(String... namesAndValues) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return map;
    }

    @Override
    public String id() {
        return "r-1";
    }

    @Override
    public String path() {
        return "/end-session";
    }

    @Override
    public List<String> query(String name) {
        return parameters.getOrDefault(name, List.of());
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
        return parameters;
    }

    @Override
    public InputStream body(long limit) {
        return InputStream.nullInputStream();
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

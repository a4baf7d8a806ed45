package org.latchkey.grant.device;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.http.Request;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.Grant;
import org.latchkey.api.oauth.Grant.TokenRequest;

/** Requests of one client, and an instance that takes them all. */
record Asked(String method, String path, Map<String, List<String>> parameters) implements Request {

    static final Client CLIENT =
            new Client("tv", Map.of("grant_types", List.of(DeviceGrant.TYPE)), List.of(), false, Set.of());

    static final Grant.Instance INSTANCE = new Grant.Instance() {
        @Override
        public String issuer() {
            return "https://id.example.org/oidc";
        }

        @Override
        public String path() {
            return "/oidc";
        }

        @Override
        public TokenRequest authenticated(Request request) {
            return new TokenRequest(this, CLIENT, ((Asked) request).parameters(), request);
        }

        @Override
        public Optional<Client> client(String id) {
            return Optional.of(CLIENT).filter(client -> client.id().equals(id));
        }

        @Override
        public Set<String> scope(Client client, Optional<String> asked) {
            return asked.map(words -> Set.of(words.split(" "))).orElse(Set.of());
        }

        @Override
        public Optional<Map<String, Object>> inspect(String token) {
            return Optional.empty();
        }
    };

    /** A device asks for its tokens. */
    static TokenRequest poll(String deviceCode) {
        Asked asked = new Asked("POST", "/token", Map.of("device_code", List.of(deviceCode)));
        return request(CLIENT, asked);
    }

    /** The same of another client. */
    static TokenRequest pollOf(String client, String deviceCode) {
        Asked asked = new Asked("POST", "/token", Map.of("device_code", List.of(deviceCode)));
        return request(new Client(client, CLIENT.metadata(), List.of(), false, Set.of()), asked);
    }

    private static TokenRequest request(Client client, Asked asked) {
        return new TokenRequest(INSTANCE, client, asked.parameters(), asked);
    }

    @Override
    public String id() {
        return "r-1";
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
        return parameters;
    }

    @Override
    public InputStream body(long limit) {
        return InputStream.nullInputStream();
    }

    @Override
    public String nonce() {
        return "n";
    }

    @Override
    public String address() {
        return "10.0.0.1";
    }
}

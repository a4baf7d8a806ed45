package org.latchkey.api.oauth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A client (RFC 6749, 1.1): an application that gets tokens.
 *
 * @param id its {@code client_id}
 * @param metadata its metadata by the names of RFC 7591 and OpenID Connect Dynamic Registration 1.0, as JSON values: text,
 *     numbers, booleans, lists and maps; {@code client_id} and secrets are no part of it
 * @param secretHashes base64url of the SHA-256 of each secret that is good now; none for a client without
 * @param trusted whether the operator vouches for it: people are not asked whether it may know of them
 * @param groups whose members may use it; none for everybody
 */
public record Client(
        String id, Map<String, Object> metadata, List<String> secretHashes, boolean trusted, Set<String> groups) {

    public Client {
        metadata = Map.copyOf(metadata);
        secretHashes = List.copyOf(secretHashes);
        groups = Set.copyOf(groups);
    }

    /** A text of the metadata, if it is there and a text. */
    public Optional<String> text(String name) {
        return metadata.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A list of texts of the metadata; empty if it is not there or something else. */
    public List<String> texts(String name) {
        return metadata.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** What to call it on a page. */
    public String name() {
        return text("client_name").orElse(id);
    }

    /** Without the hashes. */
    @Override
    public String toString() {
        return "Client[" + id + ", " + new TreeMap<>(metadata).keySet() + "]";
    }
}

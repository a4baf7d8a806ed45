package org.latchkey.oauth.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.oauth.Client;
import org.latchkey.oauth.Json;

/**
 * A client of this server's own registry, with what only the registry knows.
 *
 * @param id its {@code client_id}
 * @param metadata see {@link Client}
 * @param secrets the newest first, also those that have ended
 * @param trusted see {@link Client}
 * @param groups see {@link Client}
 * @param registrationToken the hash of its registration access token (RFC 7592), if it registered itself
 * @param createdAt when
 * @param version in the store, 0 before it is there
 */
public record StoredClient(
        String id,
        Map<String, Object> metadata,
        List<KeptSecret> secrets,
        boolean trusted,
        Set<String> groups,
        Optional<String> registrationToken,
        Instant createdAt,
        long version) {

    public StoredClient {
        metadata = Map.copyOf(metadata);
        secrets = List.copyOf(secrets);
        groups = Set.copyOf(groups);
    }

    /** A new one, known to nobody yet. */
    public static StoredClient of(String id, Map<String, Object> metadata, Instant now) {
        return new StoredClient(id, metadata, List.of(), false, Set.of(), Optional.empty(), now, 0);
    }

    public StoredClient withMetadata(Map<String, Object> other) {
        return new StoredClient(id, other, secrets, trusted, groups, registrationToken, createdAt, version);
    }

    /** What the operator says of it. */
    public StoredClient withTrust(boolean isTrusted, Set<String> whose) {
        return new StoredClient(id, metadata, secrets, isTrusted, whose, registrationToken, createdAt, version);
    }

    /** @param hash of its new registration access token, in place of any before */
    public StoredClient withRegistrationToken(String hash) {
        return new StoredClient(id, metadata, secrets, trusted, groups, Optional.of(hash), createdAt, version);
    }

    StoredClient withSecrets(List<KeptSecret> others) {
        return new StoredClient(id, metadata, others, trusted, groups, registrationToken, createdAt, version);
    }

    /** Its secrets that are good at a moment. */
    List<KeptSecret> secretsAt(Instant moment) {
        return secrets.stream().filter(secret -> secret.isGoodAt(moment)).toList();
    }

    /** As others see it at a moment. */
    public Client client(Instant moment) {
        List<String> hashes = secretsAt(moment).stream().map(KeptSecret::hash).toList();
        return new Client(id, metadata, hashes, trusted, groups);
    }

    /** What is stored. */
    String body() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata);
        json.put("secrets", secrets.stream().map(KeptSecret::json).toList());
        json.put("trusted", trusted);
        json.put("groups", new TreeSet<>(groups));
        registrationToken.ifPresent(hash -> json.put("registration_token", hash));
        json.put("created_at", createdAt.getEpochSecond());
        return Json.text(json);
    }

    /**
     * Reads what was stored.
     *
     * @throws IllegalArgumentException if it was not stored by this version of the server
     */
    @SuppressWarnings("unchecked") // a JSON object has texts as names
    static StoredClient of(String id, String body, long version) {
        try {
            Map<String, Object> json = Json.object(body).orElseThrow(() -> new IllegalArgumentException("no JSON"));
            return new StoredClient(
                    id,
                    (Map<String, Object>) Json.frozen(json.get("metadata")),
                    ((List<?>) json.get("secrets"))
                            .stream()
                                    .map(each -> KeptSecret.of((Map<?, ?>) each))
                                    .toList(),
                    (Boolean) json.get("trusted"),
                    Set.copyOf((List<String>) json.get("groups")),
                    Optional.ofNullable((String) json.get("registration_token")),
                    Instant.ofEpochSecond(((Number) json.get("created_at")).longValue()),
                    version);
        } catch (ClassCastException | NullPointerException other) {
            throw new IllegalArgumentException("not the form of a client", other);
        }
    }

    /** Without anything secret. */
    @Override
    public String toString() {
        return "StoredClient[" + id + " v" + version + "]";
    }
}

package org.latchkey.oauth.key;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All keys at one moment, that at which it was begun to read them. Never changed, only replaced. */
final class KeySet {

    static final KeySet UNREAD = new KeySet(List.of(), Instant.EPOCH);

    private final List<StoredKey> keys;
    private final Instant readAt;
    private final Map<String, StoredKey> byKid = new HashMap<>();
    private final Map<JWSAlgorithm, StoredKey> current = new HashMap<>();
    private final Map<JWSAlgorithm, StoredKey> next = new HashMap<>();

    KeySet(List<StoredKey> keys, Instant readAt) {
        this.keys = keys.stream()
                .sorted(Comparator.comparing((StoredKey key) -> key.algorithm().getName())
                        .thenComparing(StoredKey::state)
                        .thenComparing(StoredKey::kid))
                .toList();
        this.readAt = readAt;
        for (StoredKey key : keys) {
            byKid.put(key.kid(), key);
            switch (key.state()) {
                case CURRENT -> current.put(key.algorithm(), key);
                case NEXT -> next.put(key.algorithm(), key);
                case RETIRED -> {}
            }
        }
    }

    List<StoredKey> keys() {
        return keys;
    }

    Instant readAt() {
        return readAt;
    }

    Optional<StoredKey> find(String kid) {
        return Optional.ofNullable(byKid.get(kid));
    }

    Optional<StoredKey> in(KeyState state, JWSAlgorithm algorithm) {
        return Optional.ofNullable((state == KeyState.CURRENT ? current : next).get(algorithm));
    }

    /** The public parts, as a JSON Web Key Set (RFC 7517, 5). */
    String publicJson() {
        List<JWK> all = keys.stream().map(StoredKey::jwk).toList();
        return new JWKSet(all).toString(true);
    }
}

package org.latchkey.oauth.key;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

/**
 * A key as the store keeps it. It contains the private part: never log its {@link #jwk()}.
 *
 * @param jwk with kid and alg (RFC 7517)
 * @param since when it came into its state
 * @param version of the stored item, 0 for one that is not yet stored
 */
record StoredKey(JWK jwk, KeyState state, Instant since, long version) {

    static final String KIND = "oauth.key";

    /** Unique, so that of two nodes that fill the same place one loses. */
    private static final String SLOT = "slot";

    String kid() {
        return jwk.getKeyID();
    }

    JWSAlgorithm algorithm() {
        return JWSAlgorithm.parse(jwk.getAlgorithm().getName());
    }

    StoredKey become(KeyState next, Instant now) {
        return new StoredKey(jwk, next, now, version);
    }

    Write put(String instance) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", state.name());
        body.put("since", since.toEpochMilli());
        body.put("jwk", jwk.toJSONObject());
        List<Item.Index> indexes = state == KeyState.RETIRED
                ? List.of()
                : List.of(new Item.Index(SLOT, instance + "/" + algorithm() + "/" + state, true));
        return new Write.Put(new Item(KIND, instance + "/" + kid(), version, Json.text(body), indexes));
    }

    Write delete(String instance) {
        return new Write.Delete(KIND, instance + "/" + kid(), version);
    }

    /** @throws ParseException if that is no key; it says nothing of the content, which is private */
    static StoredKey read(Item item) throws ParseException {
        try {
            Map<String, Object> body = Json.read(item.body());
            if (body.get("since") instanceof Long since
                    && body.get("state") instanceof String state
                    && body.get("jwk") instanceof Map<?, ?> members) {
                Map<String, Object> jwk = new LinkedHashMap<>();
                members.forEach((name, value) -> jwk.put(String.valueOf(name), value));
                JWK key = JWK.parse(jwk);
                if (key.isPrivate() && key.getKeyID() != null && key.getAlgorithm() != null) {
                    return new StoredKey(key, KeyState.valueOf(state), Instant.ofEpochMilli(since), item.version());
                }
            }
        } catch (ParseException | IllegalArgumentException quotesTheKey) {
            throw damaged(item);
        }
        throw damaged(item);
    }

    private static ParseException damaged(Item item) {
        return new ParseException("The stored key " + item.key() + " cannot be read", 0);
    }

    @Override
    public String toString() {
        return "StoredKey[" + kid() + " " + algorithm() + " " + state + " since " + since + "]";
    }
}

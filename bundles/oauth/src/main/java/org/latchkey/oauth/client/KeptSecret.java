package org.latchkey.oauth.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a client's secret.
 *
 * @param hash see {@link Secrets#hash}
 * @param sealed the secret itself, see {@link SecretBox}; only for a client that signs with it
 * @param until when it ends; nothing for the newest
 */
record KeptSecret(String hash, Optional<String> sealed, Optional<Instant> until) {

    boolean isGoodAt(Instant moment) {
        return until.map(moment::isBefore).orElse(true);
    }

    /** The same, that ends then at the latest. */
    KeptSecret until(Instant end) {
        return until.filter(end::isAfter).isPresent() ? this : new KeptSecret(hash, sealed, Optional.of(end));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hash", hash);
        sealed.ifPresent(text -> json.put("sealed", text));
        until.ifPresent(end -> json.put("until", end.toEpochMilli()));
        return json;
    }

    static KeptSecret of(Map<?, ?> json) {
        return new KeptSecret(
                (String) json.get("hash"),
                Optional.ofNullable((String) json.get("sealed")),
                Optional.ofNullable((Number) json.get("until")).map(end -> Instant.ofEpochMilli(end.longValue())));
    }

    /** Without anything of it. */
    @Override
    public String toString() {
        return "KeptSecret[until=" + until + "]";
    }
}

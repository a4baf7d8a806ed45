package org.latchkey.oauth.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The JSON form of a client (RFC 7591, 3.2.1), without what only its operator may know. */
public final class ClientJson {

    private ClientJson() {}

    /** What everybody who manages a client sees of it. */
    public static Map<String, Object> of(StoredClient client) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("client_id", client.id());
        json.put("client_id_issued_at", client.createdAt().getEpochSecond());
        json.putAll(new TreeMap<>(client.metadata()));
        return json;
    }

    /** The same with the secret that was just made for it, if one was. */
    public static Map<String, Object> of(StoredClients.Issued issued) {
        Map<String, Object> json = of(issued.client());
        issued.secret().ifPresent(secret -> {
            json.put("client_secret", secret);
            json.put("client_secret_expires_at", 0);
        });
        return json;
    }
}

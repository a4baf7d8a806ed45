package org.latchkey.oauth.client;

import java.util.Map;

/** What a client does with a secret, as its metadata say. */
enum SecretUse {
    NONE,
    /** It shows it, so a hash is enough to know it by. */
    SHOWN,
    /** It signs with it, or has this server sign with it, so this server must know it. */
    SIGNS;

    static SecretUse of(Map<String, Object> metadata) {
        Object method = metadata.getOrDefault("token_endpoint_auth_method", "client_secret_basic");
        boolean signs = method.equals("client_secret_jwt")
                || metadata.entrySet().stream()
                        .anyMatch(each -> each.getKey().endsWith("_alg")
                                && String.valueOf(each.getValue()).startsWith("HS"));
        if (signs) {
            return SIGNS;
        }
        return method.equals("client_secret_basic") || method.equals("client_secret_post") ? SHOWN : NONE;
    }
}

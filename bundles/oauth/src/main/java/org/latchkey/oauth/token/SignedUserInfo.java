package org.latchkey.oauth.token;

import com.nimbusds.jose.JOSEObjectType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.SigningKeys;

/** How a client wants to be told of somebody: in JSON, or in a signed JWT (OpenID Connect Core, 5.3.2). */
public final class SignedUserInfo {

    private static final String MEMBER = "userinfo_signed_response_alg";

    private final Issuer issuer;
    private final SigningKeys keys;

    public SignedUserInfo(Issuer issuer, SigningKeys keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    Response answer(RegisteredClient client, Map<String, Object> told) {
        if (client.client().text(MEMBER).isEmpty()) {
            return Json.answer(200, told);
        }
        Map<String, Object> claims = new LinkedHashMap<>(told);
        claims.put("iss", issuer.url());
        claims.put("aud", client.id());
        String signed = keys.sign(Algorithms.of(keys, client, MEMBER), JOSEObjectType.JWT, claims);
        return Response.of(200, "application/jwt", signed.getBytes(StandardCharsets.US_ASCII))
                .withHeader("Cache-Control", "no-store");
    }
}

package org.latchkey.oauth.logout;

import com.nimbusds.jose.JOSEObjectType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.token.Algorithms;

/**
 * Makes logout tokens (OpenID Connect Back-Channel Logout 1.0, 2.4). None is taken for an id token: the type is another, and
 * so are the claims.
 */
final class LogoutTokens {

    static final JOSEObjectType TYPE = new JOSEObjectType("logout+jwt");

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration LIFE = Duration.ofMinutes(2);

    private final Issuer issuer;
    private final SigningKeys keys;
    private final Clock clock;

    LogoutTokens(Issuer issuer, SigningKeys keys, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Signed as the client's id tokens are.
     *
     * @param subject what the client knows the person by
     * @param sid what its id tokens said of the session
     */
    String mint(RegisteredClient client, String subject, String sid) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer.url());
        claims.put("aud", client.id());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sub", subject);
        claims.put("sid", sid);
        claims.put("events", Map.of(EVENT, Map.of()));
        return keys.sign(Algorithms.of(keys, client, "id_token_signed_response_alg"), TYPE, claims);
    }
}

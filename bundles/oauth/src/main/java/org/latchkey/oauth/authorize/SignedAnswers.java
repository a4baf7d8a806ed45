package org.latchkey.oauth.authorize;

import com.nimbusds.jose.JOSEObjectType;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.token.Algorithms;

/**
 * Signs the answers of the authorization endpoint (JWT Secured Authorization Response Mode, JARM), so that a client knows whose
 * they are and that they are for it. Encrypted answers are not offered.
 */
final class SignedAnswers {

    /** How long a client may take to look at an answer. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private final Issuer issuer;
    private final SigningKeys keys;
    private final Clock clock;

    SignedAnswers(Issuer issuer, SigningKeys keys, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    /** The one parameter that carries all of them (JARM, 2.1 and 2.3). */
    Map<String, String> of(RegisteredClient client, Map<String, String> parameters) {
        Map<String, Object> claims = new LinkedHashMap<>(parameters);
        claims.put("iss", issuer.url());
        claims.put("aud", client.id());
        claims.put("exp", clock.instant().plus(LIFE).getEpochSecond());
        return Map.of(
                "response",
                keys.sign(
                        Algorithms.of(keys, client, "authorization_signed_response_alg"), JOSEObjectType.JWT, claims));
    }
}

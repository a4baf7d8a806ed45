package org.latchkey.oauth.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.authorization.Authorizations.Live;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.SigningKeys;

/** Makes access tokens: signed JWT (RFC 9068). */
public final class AccessTokens {

    /** The type in the header (RFC 9068, 2.1), so that no other token passes for one. */
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    /** The private claim that names the authorization a token hangs on. */
    static final String AUTHORIZATION = "authz";

    /** The private claim with the ids of the tokens that a token was exchanged for; it ends with the first of them. */
    static final String ORIGIN = "origin";

    /** Claims that the server uses for itself: nobody else is told them. */
    static final Set<String> PRIVATE = Set.of(AUTHORIZATION, ORIGIN);

    private static final int ID = 16;

    private final Issuer issuer;
    private final SigningKeys keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AccessTokens(Issuer issuer, SigningKeys keys, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What a token is to say.
     *
     * @param subject the owner, or the client where that acts for itself
     * @param audience of no server named: the instance itself
     * @param authorization what it hangs on, if it hangs on one
     * @param more other claims
     */
    public record Order(
            String client,
            String subject,
            Set<String> scope,
            List<String> audience,
            Duration life,
            JWSAlgorithm algorithm,
            Optional<Live> authorization,
            Map<String, Object> more) {}

    /** A token as it goes over the wire; {@link #toString()} does not show it. */
    public record Minted(String value, Duration life, Set<String> scope) {
        @Override
        public String toString() {
            return "Minted[scope=" + scope + "]";
        }
    }

    public Minted mint(Order order) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>(order.more());
        claims.put("iss", issuer.url());
        claims.put("sub", order.subject());
        claims.put("aud", audience(order));
        claims.put("client_id", order.client());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(order.life()).getEpochSecond());
        claims.put("jti", id());
        claims.put("scope", String.join(" ", new TreeSet<>(order.scope())));
        order.authorization().ifPresent(live -> {
            claims.put(AUTHORIZATION, live.key());
            claims.put(
                    "auth_time", live.authorization().owner().authenticatedAt().getEpochSecond());
        });
        return new Minted(keys.sign(order.algorithm(), TYPE, claims), order.life(), order.scope());
    }

    /** What a client's access tokens are signed with: what it is registered for, else the first that is offered. */
    JWSAlgorithm algorithm(RegisteredClient client) {
        return Algorithms.of(keys, client, "access_token_signed_response_alg");
    }

    /** The servers it is for; userinfo is at this one. */
    private Object audience(Order order) {
        Set<String> all = new TreeSet<>(order.audience());
        if (all.isEmpty() || order.scope().contains("openid")) {
            all.add(issuer.url());
        }
        return all.size() == 1 ? all.iterator().next() : List.copyOf(all);
    }

    private String id() {
        byte[] bytes = new byte[ID];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

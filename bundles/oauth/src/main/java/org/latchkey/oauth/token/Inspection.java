package org.latchkey.oauth.token;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorization.Authorizations.Live;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.SigningKeys;

/** Judges access tokens: whether one is good at this moment, whatever it was when it was made. */
public final class Inspection {

    private final Issuer issuer;
    private final SigningKeys keys;
    private final Authorizations authorizations;
    private final RevokedTokens revoked;
    private final Owners owners;
    private final Clients clients;
    private final Clock clock;

    public Inspection(
            Issuer issuer,
            SigningKeys keys,
            Authorizations authorizations,
            RevokedTokens revoked,
            Owners owners,
            Clients clients,
            Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.authorizations = authorizations;
        this.revoked = revoked;
        this.owners = owners;
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * An access token that is good.
     *
     * @param claims what it says
     * @param live what it hangs on; nothing for a client's own
     * @param client that it was given to
     */
    public record Good(Map<String, Object> claims, Optional<Live> live, RegisteredClient client) {

        public String claim(String name) {
            return claims.get(name) instanceof String text ? text : "";
        }

        long number(String name) {
            return claims.get(name) instanceof Number number ? number.longValue() : 0;
        }

        /** The ids of this token and of those that it was exchanged for. */
        List<String> ids() {
            List<String> ids = new ArrayList<>(List.of(claim("jti")));
            if (claims.get(AccessTokens.ORIGIN) instanceof List<?> origin) {
                origin.forEach(id -> ids.add(String.valueOf(id)));
            }
            return ids;
        }

        /** What others may be told of it. */
        public Map<String, Object> told() {
            Map<String, Object> told = new LinkedHashMap<>(claims);
            told.keySet().removeAll(AccessTokens.PRIVATE);
            return told;
        }
    }

    /** The token, if it is ours and good: not expired, nor taken back, its client and its owner still there. */
    public Optional<Good> good(String token) {
        return lasting(token).filter(good -> good.live()
                .map(each -> stands(each.authorization(), good.claim("client_id")))
                .orElse(true));
    }

    /** The same, also if it is not good at this moment because of its owner: that may be for a while. */
    Optional<Good> lasting(String token) {
        Optional<Map<String, Object>> claims =
                keys.verify(token, AccessTokens.TYPE).filter(all -> issuer.url().equals(all.get("iss")));
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        String authorization = claims.get().get(AccessTokens.AUTHORIZATION) instanceof String key ? key : "";
        Optional<Live> live = authorization.isEmpty() ? Optional.empty() : authorizations.find(authorization);
        if (live.isEmpty() != authorization.isEmpty()) {
            return Optional.empty();
        }
        String id = claims.get().get("client_id") instanceof String text ? text : "";
        return clients.find(id)
                .map(client -> new Good(claims.get(), live, client))
                .filter(good -> good.number("exp") > clock.instant().getEpochSecond())
                .filter(good -> good.ids().stream().noneMatch(revoked::contains));
    }

    /** Whether its owner is there, and the client that it was given to, which is another one for an exchanged token. */
    private boolean stands(Authorization authorization, String client) {
        return owners.isGood(authorization)
                && (authorization.client().equals(client)
                        || clients.find(authorization.client()).isPresent());
    }
}

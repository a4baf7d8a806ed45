package org.latchkey.oauth.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.Claims;

/**
 * What somebody allowed a client: the one thing behind a code, its access tokens and its refresh tokens. All of them end
 * with it.
 *
 * @param client its {@code client_id}
 * @param owner who allowed it
 * @param scope what was allowed
 * @param resources for which servers (RFC 8707); empty for this one
 * @param claims what was asked for by the claims parameter (OpenID Connect Core, 5.5), as JSON values
 * @param request what the code's redemption is held against and the id token repeats, by parameter
 * @param issued when
 * @param expires when its refresh tokens end at the latest, or its code, if that is not redeemed yet
 * @param offline whether it goes on when the session ends (scope {@code offline_access})
 * @param secret base64url of the SHA-256 of the secret part of the one token that is good: the code, then the refresh token
 * @param redeemed whether the code has been redeemed
 */
public record Authorization(
        String client,
        Owner owner,
        Set<String> scope,
        List<String> resources,
        Map<String, Object> claims,
        Map<String, String> request,
        Instant issued,
        Instant expires,
        boolean offline,
        String secret,
        boolean redeemed) {

    /**
     * The resource owner.
     *
     * @param id the name they sign in with
     * @param number of their entity, 0 if they have none here
     * @param source the authenticator that vouches for them
     * @param session the id of the session
     * @param authenticatedAt when they last proved who they are
     * @param known what was known of them then
     * @param era of their entity when they allowed it ({@link org.latchkey.api.service.Directory.Standing}); it ends with their secret
     */
    public record Owner(
            String id, long number, String source, String session, Instant authenticatedAt, Claims known, long era) {

        /** In the first era. */
        public Owner(String id, long number, String source, String session, Instant authenticatedAt, Claims known) {
            this(id, number, source, session, authenticatedAt, known, 0);
        }
    }

    public Authorization {
        scope = Set.copyOf(new TreeSet<>(scope));
        resources = List.copyOf(resources);
        claims = Map.copyOf(claims);
        request = Map.copyOf(request);
    }

    /** A parameter of the request. */
    public Optional<String> requested(String parameter) {
        return Optional.ofNullable(request.get(parameter));
    }

    /**
     * Whether its code is too old to be redeemed. Where an access token came beside the code, the authorization itself lives as
     * long as that.
     *
     * @param life how long codes are good
     */
    public boolean isTooLateToRedeem(Duration life, Instant now) {
        return !redeemed && !issued.plus(life).isAfter(now);
    }

    /** The same with another secret, which stands for a refresh token. */
    Authorization next(String hash, Instant end) {
        return new Authorization(client, owner, scope, resources, claims, request, issued, end, offline, hash, true);
    }

    /** The same that remembers more. */
    Authorization with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(request);
        all.putAll(more);
        return new Authorization(
                client, owner, scope, resources, claims, all, issued, expires, offline, secret, redeemed);
    }

    /** Without what people may not see. */
    @Override
    public String toString() {
        return "Authorization[client=" + client + ", owner=" + owner.id() + ", scope=" + scope + "]";
    }
}
